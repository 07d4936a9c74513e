// What an approver answers to what waits for a second person.
#pragma once

#include "client/console/approver_work.h"
#include "client/console/wish.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> countersign_request(ApproverPlace& place, const Wish& wish);
// `reason`: it is needed, and whoever proposed it reads it.
client::Outcome<nlohmann::json> decline_request(ApproverPlace& place, const Wish& wish);

}  // namespace meldpunt::console
