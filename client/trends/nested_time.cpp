#include "client/trends/nested_time.h"

#include <algorithm>
#include <functional>

namespace meldpunt::trends {

namespace {

// The parts of an attribute set, in a fixed order: the whole first.
std::vector<Axes> parts_with_effect(const Shape& shape, Axes axes) {
  std::vector<Axes> parts;
  for (Axes part = axes;; part = (part - 1) & axes) {
    if (share_left(shape, part) > 0) parts.push_back(part);
    if (part == 0) break;
  }
  return parts;
}

}  // namespace

NestedTime::NestedTime(Shape shape, const std::vector<MeasuredPeriod>& measured)
    : shape_(std::move(shape)) {
  for (const MeasuredPeriod& each : measured) {
    auto& effects = measured_[{each.period.first, each.period.last}];
    for (const auto& [effect, scaled] : each.effects) {
      if (scaled.size() != cell_count(shape_, effect.axes)) continue;
      const auto divisor = static_cast<double>(scaled.size() * scaled.size());
      Known known{{}, effect.variance.value()};
      for (const std::int64_t value : scaled) {
        known.cells.push_back(static_cast<double>(value) / divisor);
      }
      effects.emplace(effect.axes, std::move(known));
    }
  }
}

const NestedTime::Known* NestedTime::own(const Period& period, Axes effect) const {
  const auto found = measured_.find({period.first, period.last});
  if (found == measured_.end()) return nullptr;
  const auto known = found->second.find(effect);
  return known == found->second.end() ? nullptr : &known->second;
}

// From itself, and from its parts where all of them know.
std::optional<NestedTime::Known> NestedTime::upwards(const Period& period, Axes effect) const {
  std::optional<Known> sum;
  for (const Period& part : parts_of(period)) {
    auto each = upwards(part, effect);
    if (!each) {
      sum.reset();
      break;
    }
    if (!sum) {
      sum = std::move(each);
      continue;
    }
    std::ranges::transform(sum->cells, each->cells, sum->cells.begin(), std::plus());
    sum->variance += each->variance;
  }
  const Known* here = own(period, effect);
  if (here == nullptr) return sum;
  if (!sum) return *here;
  const double of_sum = here->variance / (here->variance + sum->variance);
  for (std::size_t i = 0; i < sum->cells.size(); ++i) {
    sum->cells[i] = of_sum * sum->cells[i] + (1 - of_sum) * here->cells[i];
  }
  sum->variance *= of_sum;
  return sum;
}

// And from the coarser period around it: what that knows beyond the sum is shared out by variance.
std::optional<NestedTime::Known> NestedTime::in_all(const Period& period, Axes effect) const {
  auto known = upwards(period, effect);
  const auto cadence = cadence_of(period);
  if (!known || !cadence || *cadence == Cadence::year) return known;
  const Period around =
      period_around(period.first, *cadence == Cadence::month ? Cadence::quarter : Cadence::year);
  const auto whole = in_all(around, effect);
  if (!whole) return known;
  std::vector<double> sum(known->cells.size());
  double variance = 0;
  for (const Period& part : parts_of(around)) {
    const auto each = upwards(part, effect);
    if (!each) return known;
    std::ranges::transform(sum, each->cells, sum.begin(), std::plus());
    variance += each->variance;
  }
  const double share = known->variance / variance;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    known->cells[i] += share * (whole->cells[i] - sum[i]);
  }
  known->variance += share * (share * whole->variance - known->variance);
  return known;
}

std::optional<std::vector<NestedTime::Known>> NestedTime::all_effects(const Period& period,
                                                                      Axes axes) const {
  std::vector<Known> all;
  for (const Axes part : parts_with_effect(shape_, axes)) {
    auto known = in_all(period, part);
    if (!known) return std::nullopt;
    all.push_back(std::move(*known));
  }
  return all;
}

std::vector<double> NestedTime::add_up(const std::vector<Known>& effects, Axes axes) const {
  std::vector<double> cells(cell_count(shape_, axes));
  const auto parts = parts_with_effect(shape_, axes);
  for (std::size_t e = 0; e < parts.size(); ++e) {
    const auto within = cells_within(shape_, parts[e], axes);
    const auto divisor = static_cast<double>(cell_count(shape_, axes & ~parts[e]));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] += effects[e].cells[within[i]] / divisor;
    }
  }
  return cells;
}

std::optional<Estimated> NestedTime::table(const Period& period, Axes axes) const {
  const auto effects = all_effects(period, axes);
  if (!effects) return std::nullopt;
  Estimated table{add_up(*effects, axes), 0};
  const auto parts = parts_with_effect(shape_, axes);
  for (std::size_t e = 0; e < parts.size(); ++e) {
    table.variance += (*effects)[e].variance * share_left(shape_, parts[e]) *
                      inverse_squares(shape_, axes & ~parts[e]);
  }
  return table;
}

}  // namespace meldpunt::trends
