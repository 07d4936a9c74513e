// One deed on many cases: what they are treated as, who has them, or that they are closed.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

inline constexpr std::size_t many_most = 50;

// Takes `do` ("triage", "assign", "close") and `items`, each with `case` and `to`: a code of the
// triage, a device, a reason to close; "" takes it back. Each is an event of its own, so a screen
// that has hundreds asks in several steps and shows how far it is.
//
// {"results": [{"case", "before"} or {"case", "problem"}], "stopped"}: `before` is the `to` that
// takes it back; `stopped`, a sentence, when the server went away: the items after that are as they
// were.
client::Outcome<nlohmann::json> many(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
