// The database's schema: numbered steps, each a file schema/NNNN_name.sql embedded at build time.
//
// A published step never changes. A newer program takes an older file forward one step at a time,
// each in its own transaction; an older program refuses a newer file.
#pragma once

#include <span>

namespace meldpunt::server {

// Step n of the list takes a file from version n - 1 to version n.
std::span<const char* const> schema_steps();

}  // namespace meldpunt::server
