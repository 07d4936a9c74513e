// A case file for a screen or a script, as JSON; both show the same.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/lib/casework.h"

namespace meldpunt::client {

// By kind, a list of items:
//   {"item", "fields", "position", "by", "hour", "removed", "conflict": [version], "history":
//   [version]}
// A version has fields, position, by and hour. What is kept sealed says only that it is there.
[[nodiscard]] nlohmann::json json_of_file(const Casework& casework, const crypto::CaseId& subject);

// {"triage", "phases", "closed", "closing_waits_for_second", "closing_reason", "due": [{"day",
// "what"}], "open_tasks", "conflicts", "head", "members": [ids]}
[[nodiscard]] nlohmann::json json_of_state(const Casework& casework, const crypto::CaseId& subject);

}  // namespace meldpunt::client
