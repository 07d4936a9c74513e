// What a person typed, as a report may hold it.
#pragma once

#include <string>
#include <string_view>

namespace meldpunt::client {

// Line ends of other systems become line feeds, and control characters go: what a terminal, a file
// or a browser gives may hold both, and a report may hold neither.
[[nodiscard]] std::string clean_text(std::string_view typed);

}  // namespace meldpunt::client
