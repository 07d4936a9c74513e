// The screen "To erase": what is kept no longer, and its first person's deed.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// {"due": [{"case", "name", "threads", "term", "since", "hindrances": [names], "proposed"}]}, the
// longest due first. `term`: a row of the terms, or "request".
[[nodiscard]] nlohmann::json to_erase_of(const Workplace& place);
// The terms that the region goes by: [{"code", "label", "term": {"count", "unit"} or null,
// "source", "own"}].
[[nodiscard]] nlohmann::json json_of(const client::Terms& terms);

// {"case", "reason"}: what the second person reads. Only what is due, and hindered by nothing.
client::Outcome<nlohmann::json> propose_due(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
