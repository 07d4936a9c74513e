// Papers that leave a case: shown first, handed over only when the journal says so. The journal's
// own paper too.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> prepare_paper(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> take_paper(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> take_audit(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
