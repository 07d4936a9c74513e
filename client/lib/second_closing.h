// The closing of a minor's case, and the approver who confirms it without reading the journal: what
// is signed, and how a signature in the case file is believed (crypto/handover_events.h).
#pragma once

#include "client/lib/casework.h"
#include "client/record/case_state.h"

namespace meldpunt::client {

// As an approver is asked; nullopt when no closing of that case waits for a second person.
[[nodiscard]] std::optional<crypto::ClosingToSign> closing_that_waits(
    const Casework& casework, const crypto::CaseId& subject);
// Asks the approvers' devices. Returns how many were asked: none when nothing waits.
Outcome<std::size_t> ask_to_countersign_closing(Casework& casework, StaffLine& line,
                                                const crypto::CaseId& subject, crypto::Hour now);

[[nodiscard]] crypto::Signature sign_closing(const Home& home,
                                             const crypto::ClosingToSign& closing);
// By another device than the one that proposed it, as signed_when_it_could() says of that hour.
[[nodiscard]] bool closing_signed_by(const RosterHistory& rosters,
                                     const crypto::ClosingToSign& closing,
                                     const crypto::Countersignature& by, crypto::Hour journaled,
                                     const crypto::RegionId& region);
// Writes down that it was signed.
Outcome<void> file_closing_signature(Casework& casework, const crypto::ClosingToSign& closing,
                                     const crypto::DeviceId& by,
                                     const crypto::Signature& signature);

// What the case file of `subject` says of signatures is believed by this.
[[nodiscard]] record::SignedElsewhere believer(const Casework& casework,
                                               const crypto::CaseId& subject);

}  // namespace meldpunt::client
