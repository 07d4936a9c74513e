// The sheet of a year for those who decide about the work: what was released of it, and nothing
// else. Made from releases only, so that it may leave the region as they did.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "client/trends/publication.h"

namespace meldpunt::console {

// {"region", "year", "series": [{"series", "final", "periods", "missing", "total", "tables":
// [{"dimension", "cells": [...]}]}]}. Where the year itself was not released, its quarters or
// months are added up: estimates add up, and so do variances. A series of which nothing was
// released is left out.
[[nodiscard]] nlohmann::json sheet_of_year(const std::vector<trends::Publication>& releases,
                                           const trends::Period& year);

}  // namespace meldpunt::console
