// Whose case it is: given to a colleague, or to nobody.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// A zero device: the case goes back into the queue. EX_NOINPUT when there is no such case, or no
// such coordinator today. Nothing is written when it is so already.
Outcome<void> assign_case(Casework& casework, const crypto::CaseId& subject,
                          const crypto::DeviceId& device);

// The coordinators' devices that are valid on that day.
[[nodiscard]] std::vector<crypto::Device> coordinators_of(const RosterHistory& rosters,
                                                          crypto::Day today);

}  // namespace meldpunt::client
