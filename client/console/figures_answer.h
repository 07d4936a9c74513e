// What a receiver's screen shows: what came and what was refused, and every series' newest tables,
// by region and of all regions together.
#pragma once

#include <string>

#include "client/lib/received_figures.h"

namespace meldpunt::console {

// JSON; docs/console.md has its shape.
[[nodiscard]] std::string figures_answer(const std::vector<client::RegionFigures>& regions);

}  // namespace meldpunt::console
