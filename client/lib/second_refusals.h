// A second person who does not sign, and says why: a line of the case file. What was proposed waits
// on: another may sign it, and its proposer takes it back or proposes it anew. A release concerns
// no case: the journal keeps the refusal (crypto/release.h), and it waits no longer.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

struct RefusalBySecond {
  crypto::SecondRefusal refusal;
  std::string by;  // as the roster calls the device
  crypto::Hour hour = 0;
};

// Those that answer what still waits.
[[nodiscard]] std::vector<RefusalBySecond> refusals_of(const Casework& casework,
                                                       const crypto::CaseId& subject);

// EX_USAGE without a reason.
Outcome<crypto::SecondRefusal> refuse_second(const crypto::ToCountersign& request,
                                             const std::string& reason);
// Whether it answers that request as it was proposed, and not an earlier one.
[[nodiscard]] bool is_answer_to(const crypto::SecondRefusal& refusal,
                                const crypto::ToCountersign& request);

// Writes it down, once for each `change`. EX_NOINPUT when nothing waits for it, EX_NOPERM when that
// device may not answer: the proposer's own, or neither a coordinator's nor an approver's.
Outcome<void> file_refusal(Casework& casework, const crypto::SecondRefusal& refusal,
                           const crypto::DeviceId& from, const record::ChangeId& change);

}  // namespace meldpunt::client
