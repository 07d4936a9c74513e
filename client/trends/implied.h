// Codes of the vocabulary are paths: a child implies its parent.
#pragma once

#include <string_view>

namespace meldpunt::trends {

// "P1.SHELTER.SPEC" implies itself, "P1.SHELTER" and "P1"; every code implies "".
[[nodiscard]] inline bool implies(std::string_view code, std::string_view parent) {
  return parent.empty() || code == parent ||
         (code.starts_with(parent) && code.size() > parent.size() && code[parent.size()] == '.');
}

}  // namespace meldpunt::trends
