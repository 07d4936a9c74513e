// Everything of one case, for GET /api/case; the knowledge notes; and the audit of the journal.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> case_file_of(Workplace& place, const crypto::CaseId& subject);

// The region's knowledge notes, which belong to no case: {"notes": [item]}.
[[nodiscard]] nlohmann::json knowledge_of(const client::Casework& casework);

// The newest events, of one case or of all (zero); at most `most`, in their order.
[[nodiscard]] nlohmann::json audit_of(const Workplace& place, const crypto::CaseId& subject,
                                      std::size_t most);

}  // namespace meldpunt::console
