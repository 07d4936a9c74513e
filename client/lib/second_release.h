// The release of figures and its second person: what is signed, by whom, and when that is believed
// (crypto/release.h). A coordinator signs from the journal, an approver through its box; either way
// the signature lies in the journal, and every device checks it again.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// By which an answer names it: the first bytes of the proposal's hash.
[[nodiscard]] crypto::Block<16> short_id_of(const crypto::ReleaseProposal& proposal);

// EX_DATAERR when its terms do not add up: nobody signs what cannot be explained.
Outcome<crypto::Signature> sign_release(const Home& home, const crypto::ReleaseProposal& proposal);
// By another device than the one that proposed it, as signed_when_it_could() says of that hour.
[[nodiscard]] bool release_signed_by(const RosterHistory& rosters,
                                     const crypto::ReleaseProposal& proposal,
                                     const crypto::Countersignature& by, crypto::Hour journaled,
                                     const crypto::RegionId& region);
// Who has signed it, and could; nullptr: nobody.
[[nodiscard]] const crypto::ReleaseSecond* second_of(const Casework& casework,
                                                     const ProposedRelease& proposed);

// Those that nobody has signed or refused.
[[nodiscard]] std::vector<ProposedRelease> releases_that_wait(const Casework& casework);
[[nodiscard]] std::optional<ProposedRelease> release_that_waits(const Casework& casework,
                                                                const crypto::Block<16>& id);

// Writes down that it was signed, or why not. Nothing when it waits no longer.
Outcome<void> file_release_signature(Casework& casework, const ProposedRelease& proposed,
                                     const crypto::DeviceId& by,
                                     const crypto::Signature& signature);
Outcome<void> file_release_refusal(Casework& casework, const ProposedRelease& proposed,
                                   const crypto::DeviceId& by, const std::string& reason);

}  // namespace meldpunt::client
