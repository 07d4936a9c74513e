// What a receiver's receipt says came of a release, for a script: one name for each outcome.
#pragma once

#include <array>
#include <string_view>

#include "crypto/release.h"

namespace meldpunt::client {

[[nodiscard]] inline std::string_view name_of(crypto::ReceiptOutcome outcome) {
  constexpr std::array<std::string_view, 4> names{"kept", "kept_with_gap", "conflict",
                                                  "unreadable"};
  return names.at(static_cast<std::size_t>(outcome) - 1);
}

}  // namespace meldpunt::client
