// What never reports, or not for a year: municipalities of the region, and kinds of reporter. From
// the cases on this device, exactly; it never leaves it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/lib/casework.h"

namespace meldpunt::console {

// {"since", "municipalities": [{"code", "newest", "silent"}], "reporters": [...]}. `since`: the day
// of the oldest case, null without one. `newest`: the day of the newest case, null for never.
// `silent`: "never", "year" or "".
[[nodiscard]] nlohmann::json blind_spots_of(const client::Casework& casework, crypto::Hour now);

}  // namespace meldpunt::console
