// What waits for a second person, as the approvals screen shows it: all of it, because nobody signs
// what they have not read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/lib/countersigning.h"

namespace meldpunt::console {

// The id of an escalation; "release-" and the beginning of its proposal's hash; otherwise
// "erasure-" or "closing-", the case's id, and which proposal it is: another one is another
// request.
[[nodiscard]] std::string id_in_approvals(const crypto::ToCountersign& request);

// One of them, as an approver's device shows it: of an escalation it knows no case, and calls it as
// the partner will.
[[nodiscard]] nlohmann::json json_of_request(const crypto::ToCountersign& request,
                                             const client::RosterHistory& rosters,
                                             const crypto::DeviceId& self);

// For a coordinator: everything that waits in the journal, with the case, and who has said no and
// why.
client::Outcome<nlohmann::json> approvals_of(client::Casework& casework);

}  // namespace meldpunt::console
