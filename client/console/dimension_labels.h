// What the series of figures, their dimensions and codes are called in Dutch. Their English names
// travel with the figures (client/trends/dimensions.h); these are for the screens alone.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "client/trends/dimensions.h"

namespace meldpunt::console {

// Of the series or dimension itself with an empty code; the code where there is no label.
[[nodiscard]] std::string_view dutch_label(std::string_view dimension, std::string_view code);

// {"name", "label": {"nl", "en"}, "unknown", "choices": [{"code", "label"}]}
[[nodiscard]] nlohmann::json json_of(const trends::Dimension& dimension);

}  // namespace meldpunt::console
