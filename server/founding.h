// The file that a steward hands to the operator: the first bundles and the first roster, or later
// bundles when the daemon has none left or has new keys. It is read at each start; what is absent
// and verifies is stored, and so is a bundle of a higher generation.
//
//   one after another:  mailbox kind 1 (notice or roster) | position 8 | length 4 | bytes
#pragma once

#include "crypto/hierarchy.h"
#include "server/storage/store.h"

namespace meldpunt::server {

// malformed for anything but the above.
crypto::Result<std::vector<Write>> read_founding(crypto::Bytes file, Hours now);

// Stores what is absent or newer. Bundles are verified here; a roster when the authority reads it.
void take_founding(std::vector<Write> writes, const crypto::Pin& pin, Store& store);

// Every roster and the bundles of the last 80 days and of those ahead, in the same form. It names
// the staff's devices: for the steward alone.
crypto::Buffer authority_file(StoreReader& reader);

}  // namespace meldpunt::server
