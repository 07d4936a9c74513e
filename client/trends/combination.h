// Figures of several regions together: estimates add up, and so do variances.
#pragma once

#include "client/trends/publication.h"

namespace meldpunt::trends {

// A table of several regions.
struct Combined {
  Table table;
  std::vector<std::string> regions;  // whose figures are in it, by name
};

// The newest word on a table of a period: a final one over a provisional one, and of two the later.
// By period, then by axes. Of one series.
[[nodiscard]] std::vector<Table> newest_tables(const std::vector<Publication>& releases);

// `by_region`: each region's name and newest tables. The interval of a sum is that of Gaussian
// noise with the summed variance; a table of one region keeps its own. Provisional when one is.
[[nodiscard]] std::vector<Combined> combine(
    const std::vector<std::pair<std::string, std::vector<Table>>>& by_region);

}  // namespace meldpunt::trends
