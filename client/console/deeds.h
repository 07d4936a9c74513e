// The deeds of POST /api/deed: for each role a table of their names, and a function for each. They
// run on the desk's thread, over client/lib, as the commands of `meldpunt` do.
#pragma once

#include "client/console/place.h"
#include "client/console/wish.h"

namespace meldpunt::console {

// What the screens get, {"done": true, ...}; EX_USAGE for a deed that there is not for this role.
client::Outcome<nlohmann::json> do_deed(Place& place, const nlohmann::json& wish);

// Of an outcome that failed: the HTTP status that says the same as its exit code.
[[nodiscard]] unsigned status_of(int exit_code);

}  // namespace meldpunt::console
