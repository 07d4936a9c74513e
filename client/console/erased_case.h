// What a screen shows of a case that was erased, or from which something was struck: that it was,
// and how far the erasure is.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"

namespace meldpunt::console {

// Null while the case is readable.
[[nodiscard]] nlohmann::json erasure_of(const Workplace& place, const crypto::CaseId& subject);
// Of what the case was before something was struck from it; null where nothing was.
[[nodiscard]] nlohmann::json striking_of(const Workplace& place, const crypto::CaseId& subject);

}  // namespace meldpunt::console
