// The next roster: made after the newest one, signed, published, and journaled.
//
// Its hash is on the disk before anything is sent (issued-roster), so that a steward who is killed
// journals it at the next sync; and every console takes a roster that nobody journals for a theft.
#pragma once

#include "client/lib/steward_keys.h"

namespace meldpunt::client {

// How long a device of that role is enrolled for.
[[nodiscard]] crypto::Day lifetime(crypto::DeviceRole role);

// Puts a signed roster in its parts, the manifest last: whoever sees it finds every part.
Outcome<void> publish_roster(StaffLine& line, std::uint32_t number, crypto::Bytes signed_roster);

// `change` is applied to a copy of the newest roster; false: there is nothing to do. The casework
// must be in sync; it is afterwards. EX_TEMPFAIL when another steward was first.
Outcome<void> issue_roster(Home& home, Casework& casework, StaffLine& line,
                           const std::function<bool(crypto::Roster&)>& change,
                           std::chrono::seconds now);

}  // namespace meldpunt::client
