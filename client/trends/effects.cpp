#include "client/trends/effects.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace meldpunt::trends {

namespace {

constexpr std::uint64_t planned_denominator = 1024;
constexpr std::uint64_t billion = 1'000'000'000;

// Π (1 − 1/m): what of one case centre() leaves.
double share_left(const Shape& shape, Axes axes) {
  double left = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (holds_axis(axes, i)) left *= 1 - 1.0 / shape[i];
  }
  return left;
}

// Every part of a wanted table, but for those that are zero whatever the cases are: an attribute
// with one category has no effect.
std::vector<Axes> parts_of(const Shape& shape, const std::vector<Marginal>& marginals) {
  std::set<Axes> parts;
  for (const Marginal& marginal : marginals) {
    if (cell_count(shape, marginal.axes) > cells_most) {
      throw std::logic_error("a table of more cells than can be released");
    }
    for (Axes part = marginal.axes;; part = (part - 1) & marginal.axes) {
      if (share_left(shape, part) > 0) parts.insert(part);
      if (part == 0) break;
    }
  }
  return {parts.begin(), parts.end()};
}

// What one unit of the effect's variance adds to the weighted sum.
double weight_of(const Shape& shape, const std::vector<Marginal>& marginals, Axes part) {
  double weight = 0;
  for (const Marginal& marginal : marginals) {
    if (!part_of(part, marginal.axes)) continue;
    weight += marginal.weight * inverse_squares(shape, marginal.axes & ~part);
  }
  return weight * share_left(shape, part);
}

// Never below; zero when no variance in whole 1,024ths whose noise can be drawn is enough.
Variance rounded_up(double variance, std::uint64_t cells) {
  const double parts = std::ceil(variance * planned_denominator);
  const auto squared = static_cast<double>(cells * cells);
  if (!(parts * squared < static_cast<double>(variance_max * planned_denominator))) return {0, 1};
  return {std::max<std::uint64_t>(static_cast<std::uint64_t>(parts), 1), planned_denominator};
}

}  // namespace

// Lagrange: with costs p/2s² and weights v the least Σ v s² has s² ∝ √(p/v).
EffectPlan plan_effects(const Shape& shape, const std::vector<Marginal>& marginals,
                        Billionths share) {
  EffectPlan plan{shape, marginals, {}, 0};
  const std::vector<Axes> parts = parts_of(shape, marginals);
  // Each effect's cost is rounded up by less than a billionth.
  if (share <= parts.size()) return plan;
  const double rho = static_cast<double>(share - parts.size()) / billion;
  double sum = 0;
  for (const Axes part : parts) {
    sum += std::sqrt(share_left(shape, part) * weight_of(shape, marginals, part));
  }
  for (const Axes part : parts) {
    const double variance =
        sum / (2 * rho) * std::sqrt(share_left(shape, part) / weight_of(shape, marginals, part));
    const Effect effect{part, rounded_up(variance, cell_count(shape, part))};
    if (effect.variance.numerator == 0) return {shape, marginals, {}, 0};
    plan.effects.push_back(effect);
    plan.rho += cost_of(shape, effect);
  }
  // Where planning's floating point was wrong by more than the billionths.
  if (plan.rho > share) throw std::logic_error("a plan that costs more than its share");
  return plan;
}

Billionths cost_of(const Shape& shape, const Effect& effect) {
  Wide above = Wide(billion) * effect.variance.denominator;
  Wide below = Wide(2) * effect.variance.numerator;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (!holds_axis(effect.axes, i)) continue;
    above *= shape[i] - 1;
    below *= shape[i];
  }
  const Wide up = (above + below - 1) / below;
  constexpr Billionths beyond = std::numeric_limits<Billionths>::max() / 1024;
  return up > beyond ? beyond : static_cast<Billionths>(up);
}

double variance_of(const EffectPlan& plan, Axes axes) {
  double variance = 0;
  for (const Effect& effect : plan.effects) {
    if (!part_of(effect.axes, axes)) continue;
    variance += effect.variance.value() * share_left(plan.shape, effect.axes) *
                inverse_squares(plan.shape, axes & ~effect.axes);
  }
  return variance;
}

double half_width_of(const EffectPlan& plan, Axes axes) {
  constexpr double normal_95 = 1.959964;
  return normal_95 * std::sqrt(variance_of(plan, axes));
}

std::vector<Measured> measure(const EffectPlan& plan, const Records& records, Uniform& uniform) {
  if (records.shape() != plan.shape || records.size() > rows_most) {
    throw std::logic_error("records that the plan is not for");
  }
  std::vector<Measured> measured;
  for (const Effect& effect : plan.effects) {
    const std::uint64_t cells = cell_count(plan.shape, effect.axes);
    const Variance noise{effect.variance.numerator * cells * cells, effect.variance.denominator};
    Measured each{effect.axes, records.count(effect.axes)};
    for (std::int64_t& cell : each.scaled) {
      cell = static_cast<std::int64_t>(cells) * cell + draw_discrete_gaussian(noise, uniform);
    }
    centre_times_cells(plan.shape, effect.axes, each.scaled);
    measured.push_back(std::move(each));
  }
  return measured;
}

std::vector<double> estimate(const Shape& shape, const std::vector<Measured>& measured, Axes axes) {
  std::vector<double> cells(cell_count(shape, axes));
  for (const Measured& each : measured) {
    if (!part_of(each.axes, axes)) continue;
    const double divisor = 1 / (inverse_squares(shape, each.axes)) *
                           static_cast<double>(cell_count(shape, axes & ~each.axes));
    const auto within = cells_within(shape, each.axes, axes);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] += static_cast<double>(each.scaled[within[i]]) / divisor;
    }
  }
  return cells;
}

}  // namespace meldpunt::trends
