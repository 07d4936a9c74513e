// What the dimensions of the figures and their codes are called in Dutch. Their English names
// travel with the figures (client/trends/dimensions.h); these are for the screens alone.
#pragma once

#include <string_view>

namespace meldpunt::console {

// Of the dimension itself with an empty code; the code where there is no label.
[[nodiscard]] std::string_view dutch_label(std::string_view dimension, std::string_view code);

}  // namespace meldpunt::console
