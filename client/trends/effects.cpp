#include "client/trends/effects.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "client/trends/intervals.h"

namespace meldpunt::trends {

namespace {

constexpr std::uint64_t billion = 1'000'000'000;

}  // namespace

double share_left(const Shape& shape, Axes axes) {
  double left = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (holds_axis(axes, i)) left *= 1 - 1.0 / shape[i];
  }
  return left;
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
  return half_width_95(variance_of(plan, axes));
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
