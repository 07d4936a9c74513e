// When a reply goes out: one address a tick is written for the whole region, in the order of the
// queue, so that its time tells nobody when it was written (DESIGN 5.6).
#pragma once

#include <chrono>
#include <map>

#include "client/lib/case_index.h"
#include "crypto/wire/notice.h"

namespace meldpunt::client {

// Of every reply that waits, by its position: by when it is out, while somebody is on duty. Another
// that is urgent may still go before it. `now`: the daemon's time.
[[nodiscard]] std::map<Position, std::chrono::seconds> going_out(const CaseIndex& index,
                                                                 const crypto::Digest& digest,
                                                                 std::chrono::seconds now);

}  // namespace meldpunt::client
