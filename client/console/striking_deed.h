// Striking something out of a case, proposed from a screen.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// case, reason, strikes: an object, by what is struck (redaction.h, strikes_named) the text that
// stands instead.
client::Outcome<nlohmann::json> propose_striking(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
