// The name somebody probably meant, for the hint after a misspelt one.
#pragma once

#include <span>
#include <string_view>

namespace meldpunt::config {

// The name with the fewest changed, added or left out letters; empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> names);

}  // namespace meldpunt::config
