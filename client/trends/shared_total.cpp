#include "client/trends/shared_total.h"

#include <numeric>

namespace meldpunt::trends {

double make_totals_agree(std::vector<OneWayTable>& tables) {
  double total = 0;
  double weights = 0;
  for (const OneWayTable& table : tables) {
    const double weight = 1 / static_cast<double>(table.cells.size());
    total += weight * std::accumulate(table.cells.begin(), table.cells.end(), 0.0);
    weights += weight;
  }
  total /= weights;
  for (OneWayTable& table : tables) {
    const double own = std::accumulate(table.cells.begin(), table.cells.end(), 0.0);
    const double more = (total - own) / static_cast<double>(table.cells.size());
    for (double& cell : table.cells) cell += more;
  }
  return total;
}

double noise_left(const Shape& shape, const std::vector<Axes>& tables, Axes axes) {
  double weights = 0;
  for (const Axes each : tables) weights += 1 / static_cast<double>(cell_count(shape, each));
  const double of_total = 1 / weights;
  if (axes == 0) return of_total;
  const auto cells = static_cast<double>(cell_count(shape, axes));
  return 1 - 1 / cells + of_total / (cells * cells);
}

}  // namespace meldpunt::trends
