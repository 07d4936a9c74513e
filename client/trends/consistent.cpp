#include "client/trends/consistent.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace meldpunt::trends {

namespace {

constexpr int rounds_most = 2000;
constexpr double near_enough = 1e-7;

// What a table over `axes` must have besides its own effect: the part that its lower tables fix.
// Inclusion and exclusion over the tables that lack one axis or more.
std::vector<double> fixed_by_lower(const Shape& shape, Axes axes, TopDown& lower) {
  std::vector<double> fixed(cell_count(shape, axes));
  if (axes == 0) return fixed;
  for (Axes part = (axes - 1) & axes;; part = (part - 1) & axes) {
    const std::vector<double>& table = lower.table(part);
    const auto within = cells_within(shape, part, axes);
    const Axes without = axes & ~part;
    const double sign = std::popcount(without) % 2 == 1 ? 1 : -1;
    const double scale = sign / static_cast<double>(cell_count(shape, without));
    for (std::size_t i = 0; i < fixed.size(); ++i) fixed[i] += scale * table[within[i]];
    if (part == 0) break;
  }
  return fixed;
}

double sum_of_squares(const std::vector<double>& cells) {
  double sum = 0;
  for (const double cell : cells) sum += cell * cell;
  return sum;
}

}  // namespace

TopDown::TopDown(Shape shape, const std::vector<Measured>& measured)
    : shape_(std::move(shape)), measured_(measured) {}

const std::vector<double>& TopDown::table(Axes axes) {
  const auto known = tables_.find(axes);
  if (known != tables_.end()) return known->second;
  std::vector<double> cells = project(axes, estimate(shape_, measured_, axes));
  return tables_.emplace(axes, std::move(cells)).first->second;
}

// Dykstra's alternating projections, between the tables that add up (a plane) and those without
// negative cells. What is left of the negative at the end is cut: below near_enough.
std::vector<double> TopDown::project(Axes axes, std::vector<double> cells) {
  if (axes == 0) return {std::max(cells[0], 0.0)};
  const std::vector<double> fixed = fixed_by_lower(shape_, axes, *this);
  std::vector<double> owed(cells.size());
  for (int round = 0; round < rounds_most; ++round) {
    centre(shape_, axes, cells);
    double least = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] += fixed[i];
      least = std::min(least, cells[i]);
    }
    if (least > -near_enough) break;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double whole = cells[i] + owed[i];
      cells[i] = std::max(whole, 0.0);
      owed[i] = whole - cells[i];
    }
  }
  for (double& cell : cells) cell = std::max(cell, 0.0);
  return cells;
}

std::vector<Measured> smoothed(const EffectPlan& plan, const std::vector<Measured>& measured) {
  std::vector<Measured> result = measured;
  for (std::size_t e = 0; e < result.size(); ++e) {
    double degrees = 1;
    for (std::size_t i = 0; i < plan.shape.size(); ++i) {
      if (holds_axis(result[e].axes, i)) degrees *= plan.shape[i] - 1.0;
    }
    if (result[e].axes == 0 || degrees < 3) continue;
    const auto cells = static_cast<double>(cell_count(plan.shape, result[e].axes));
    std::vector<double> values(result[e].scaled.begin(), result[e].scaled.end());
    for (double& value : values) value /= cells * cells;
    // A value's noise has s² times the share that centring leaves; all of them, s² · degrees.
    const double noise = plan.effects[e].variance.value() * (degrees - 2);
    const double keep = std::max(0.0, 1 - noise / sum_of_squares(values));
    for (std::int64_t& value : result[e].scaled) {
      value = std::llround(keep * static_cast<double>(value));
    }
  }
  return result;
}

}  // namespace meldpunt::trends
