// What waits for a second person, as the approvals screen shows it: all of it, because nobody signs
// what they have not read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "client/lib/countersigning.h"

namespace meldpunt::console {

// Before the id of the minor's case whose closing waits.
inline constexpr std::string_view closing_prefix = "closing-";

// The id of an escalation, or of the case that is to be erased.
[[nodiscard]] std::string id_in_approvals(const crypto::ToCountersign& request);

client::Outcome<nlohmann::json> approvals_of(client::Casework& casework);

}  // namespace meldpunt::console
