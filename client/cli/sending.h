// The last step of `report` and `message`: put what was composed, and say whether it arrived.
#pragma once

#include "client/cli/visit.h"
#include "client/lib/reporter_outgoing.h"

namespace meldpunt::client {

// A person is asked whether to try again for as long as it has not arrived.
Outcome<void> send(Call& call, const crypto::Pin& pin, Outgoing outgoing,
                   const crypto::ThreadSecrets& thread);

}  // namespace meldpunt::client
