// GET /api/vocabulary: the lists that the screens offer. Most of it never changes while the program
// runs; partners and colleagues do.
#pragma once

#include <string>

#include "client/console/view.h"

namespace meldpunt::console {

[[nodiscard]] std::string vocabulary_answer(const View& view);

}  // namespace meldpunt::console
