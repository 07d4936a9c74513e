// The calendar of releases: whole months and whole quarters, in UTC. A period is public and fixed
// in advance; which cases are in it is decided by the hour in which each was opened.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/release.h"

namespace meldpunt::trends {

struct Period {
  crypto::Day first = 0;
  crypto::Day last = 0;  // inclusive

  [[nodiscard]] bool holds(crypto::Hour hour) const {
    return first <= crypto::day_of(hour) && crypto::day_of(hour) <= last;
  }
  [[nodiscard]] bool overlaps(const Period& other) const {
    return first <= other.last && other.first <= last;
  }
  // Its last day is over.
  [[nodiscard]] bool over(crypto::Hour now) const { return crypto::day_of(now) > last; }

  friend bool operator==(const Period&, const Period&) = default;
};

// "2026-11" or "2026-Q3"; nullopt for anything else.
[[nodiscard]] std::optional<Period> read_period(std::string_view name);
// The same way; "days … to …" for days that are no such period.
[[nodiscard]] std::string name_of(const Period& period);

}  // namespace meldpunt::trends
