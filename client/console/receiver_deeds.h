// What a receiver's screen does: handing figures on as a file.
#pragma once

#include "client/console/receiver_work.h"
#include "client/console/wish.h"

namespace meldpunt::console {

// {"series", "year", "region" (empty: all of them), "form": json, sdmx or csv}; the file comes as
// `files` with name, type and content. EX_NOINPUT when there are no such figures.
client::Outcome<nlohmann::json> take_figures(ReceiverPlace& place, const Wish& wish);

}  // namespace meldpunt::console
