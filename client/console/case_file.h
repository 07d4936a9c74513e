// Everything of one case, for GET /api/case; and the knowledge notes.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> case_file_of(Workplace& place, const crypto::CaseId& subject);

// The region's knowledge notes, which belong to no case: {"notes": [item]}.
[[nodiscard]] nlohmann::json knowledge_of(const client::Casework& casework);

}  // namespace meldpunt::console
