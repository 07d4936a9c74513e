// The deeds on case files: writing in one, merging, splitting, reopening, opening what is kept
// sealed.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// While nobody answers it is kept in the home, and sent later: {"waits": true}.
client::Outcome<nlohmann::json> record_item(Workplace& place, const Wish& wish);
// The points of a checklist that the case does not have yet: {"added"}.
client::Outcome<nlohmann::json> add_checklist(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> merge(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> split(Workplace& place, const Wish& wish);
// {"fields"}: who the client is. That it was opened, and why, is journaled first.
client::Outcome<nlohmann::json> open_identity(Workplace& place, const Wish& wish);

client::Outcome<nlohmann::json> reopen(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
