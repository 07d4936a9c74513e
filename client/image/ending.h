// The end of meldpunt-image. A decoder that meets a fault ends the process: there is nothing to
// unwind, to free or to go on with, and no jump across what a C library left half done.
#pragma once

#include <unistd.h>

#include "client/image/agreement.h"

namespace meldpunt::image {

// Nothing of the C or C++ library runs after it.
[[noreturn]] inline void end(Ending why) { _exit(static_cast<int>(why)); }

}  // namespace meldpunt::image
