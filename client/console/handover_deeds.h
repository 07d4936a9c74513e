// The deeds that share something of a case, or end it: consent, escalation, four eyes, erasing.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> ask_for_consent(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> record_consent(Workplace& place, const Wish& wish);
// Made, signed and shown; nothing is sent before its ticket comes back.
client::Outcome<nlohmann::json> prepare_escalation(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> send_escalation(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> withdraw_escalation(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> propose_erasure(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> countersign(Workplace& place, const Wish& wish);
// The second person says no, and why: it is journaled, and what was proposed waits on.
client::Outcome<nlohmann::json> decline(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
