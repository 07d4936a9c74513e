// docs/commands.md, from the tables of commands; a test compares it with what stands in the tree.
#pragma once

#include <string>

namespace meldpunt::client {

[[nodiscard]] std::string commands_document();

}  // namespace meldpunt::client
