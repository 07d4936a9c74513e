// When keys end, and what somebody must do before: said 14 days ahead, and louder from the fifth.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/hierarchy.h"

namespace meldpunt::client {

inline constexpr crypto::Day early_warning = 14;
inline constexpr crypto::Day late_warning = 5;

struct KeyEnds {
  std::optional<crypto::Day> device;       // the last day of this device's enrolment
  std::optional<crypto::Day> certificate;  // of this steward's operations key
  std::optional<crypto::Day> bundles;      // the last day in a row that has a bundle
  bool paper = false;                      // the root that signed the recovery paper is replaced
};

// One sentence for each that is near or over.
[[nodiscard]] std::vector<std::string> warnings(const KeyEnds& ends, crypto::Day today);

// "2026-11-22".
[[nodiscard]] std::string date_of(crypto::Day day);

}  // namespace meldpunt::client
