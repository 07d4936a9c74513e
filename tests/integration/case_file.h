// What the coordinators have: read with the library that their commands use.
#pragma once

#include <map>
#include <string>

#include "tests/integration/a_region.h"

namespace meldpunt::tests {

// How often each report's text is in the case file. Throws when it cannot be read.
std::map<std::string, int> case_file(const ARegion& region, const std::string& home = "steward");

}  // namespace meldpunt::tests
