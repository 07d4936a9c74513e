// docs/casework-kinds.md, from the table of kinds.
#pragma once

#include <string>

namespace meldpunt::record {

[[nodiscard]] std::string kinds_document();

}  // namespace meldpunt::record
