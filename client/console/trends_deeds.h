// Figures that leave the region: proposed by one person, drawn once a second has signed, sent, and
// handed over as files. The journal keeps each (client/lib/releases.h).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// {"approvers_asked"}
client::Outcome<nlohmann::json> propose_figures(Workplace& place, const Wish& wish);
// {"release", "sequence"}: once; of a period that was drawn, what is there.
client::Outcome<nlohmann::json> draw_figures(Workplace& place, const Wish& wish);
// {"receiver"}
client::Outcome<nlohmann::json> send_figures(Workplace& place, const Wish& wish);
// {"files"}: JSON-stat as it was published, SDMX-CSV, and a CSV for a spreadsheet.
client::Outcome<nlohmann::json> take_figures(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
