// One-way tables whose cells have the same noise v each, and that all count every case once, so
// that their totals are the same number: least squares finds it, and each table is moved to it.
// Costs nothing, since it only looks at what is published.
#pragma once

#include <vector>

#include "client/trends/tensor.h"

namespace meldpunt::trends {

struct OneWayTable {
  Axes axes = 0;  // one attribute
  std::vector<double> cells;
};

// Spreads over each table's cells what it lacks of the total, and returns that: each table's total
// weighs 1/m, since m cells have gone into it.
double make_totals_agree(std::vector<OneWayTable>& tables);

// What is left of v in a cell of the table over `axes` then, and in the total (0), as a factor.
[[nodiscard]] double noise_left(const Shape& shape, const std::vector<Axes>& tables, Axes axes);

}  // namespace meldpunt::trends
