// The region's own figures: how many, how fast, with what end. They stay on this device; what
// leaves it is the private release (client/trends).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/event_log.h"
#include "client/lib/casework.h"

namespace meldpunt::console {

// {"months": [...], "outcomes": {...}, "forms": {...}}; a month by when its cases were opened.
// Hours are medians, null where there is nothing to measure.
[[nodiscard]] nlohmann::json statistics_of(const client::Casework& casework, const EventLog& log);

}  // namespace meldpunt::console
