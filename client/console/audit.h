// The journal as people read it, for GET /api/audit: an access log with the fields of NEN 7513.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"

namespace meldpunt::console {

// {"head", "total", "events"}: the newest events, of one case or of all (zero), at most `most`, in
// their order. An event is client/lib/access_log.h's.
[[nodiscard]] nlohmann::json audit_of(const Workplace& place, const crypto::CaseId& subject,
                                      std::size_t most);

}  // namespace meldpunt::console
