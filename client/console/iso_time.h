// Times as the screens get them: "2026-11-22T18:00Z".
#pragma once

#include <chrono>
#include <string>

#include "crypto/hierarchy.h"

namespace meldpunt::console {

[[nodiscard]] std::string iso_time(std::chrono::seconds time);
[[nodiscard]] inline std::string iso_hour(crypto::Hour hour) {
  return iso_time(std::chrono::hours(hour));
}

}  // namespace meldpunt::console
