// Figures as JSON-stat 2.0: a collection with one dataset for each table, each with the measures
// estimate, lower and upper, and the notes without which no figure may travel.
#pragma once

#include "client/trends/mechanism.h"
#include "client/trends/period.h"

namespace meldpunt::trends {

struct Notes {
  std::string region;  // its name
  std::uint32_t sequence = 0;
  Period period;
};

// One line of UTF-8; the same figures give the same bytes.
[[nodiscard]] std::string json_stat(const Figures& figures, const Plan& plan, const Notes& notes);

}  // namespace meldpunt::trends
