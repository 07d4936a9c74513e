// What a partner says to what came: an answer each, signed by the device.
#pragma once

#include "client/console/partner_work.h"
#include "client/console/wish.h"

namespace meldpunt::console {

// `answer`: accepted, refused, done, printed, or more, which adds a text to what was said last. A
// refusal and more need a text. While nobody answers it is kept, and sent later: {"waits": true}.
client::Outcome<nlohmann::json> inbox_answer(PartnerPlace& place, const Wish& wish);

}  // namespace meldpunt::console
