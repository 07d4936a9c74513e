#include "client/trends/publication.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "client/trends/shared_total.h"

namespace meldpunt::trends {

namespace {

double variance_of_a_cell(const Plan& plan) {
  if (plan.noise == Noise::gaussian) return plan.variance.value();
  const double q =
      std::exp(-static_cast<double>(plan.epsilon.numerator) / plan.epsilon.denominator);
  return 2 * q / ((1 - q) * (1 - q));
}

// Where the noise lies on each cell of one-way tables.
std::vector<OneWayTable> noisy_cells(const Plan& plan, const PlannedCadence& planned,
                                     const Counts& counts, Uniform& uniform) {
  std::vector<OneWayTable> tables;
  for (const PlannedTable& each : planned.tables) {
    if (each.axes == 0) continue;
    OneWayTable table{each.axes, {}};
    for (const std::int64_t count :
         counts.at(static_cast<std::size_t>(std::countr_zero(each.axes)))) {
      const std::int64_t noise = plan.noise == Noise::laplace
                                     ? draw_discrete_laplace(plan.epsilon, uniform)
                                     : draw_discrete_gaussian(plan.variance, uniform);
      table.cells.push_back(static_cast<double>(count + noise));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

void add_one_way(Publication& publication, const Plan& plan, const PlannedCadence& planned,
                 std::vector<OneWayTable> tables) {
  std::vector<Axes> all;
  for (const OneWayTable& table : tables) all.push_back(table.axes);
  const bool agree = plan.series->single_valued();
  if (agree) tables.insert(tables.begin(), {0, {make_totals_agree(tables)}});
  for (const PlannedTable& each : planned.tables) {
    const auto drawn = std::ranges::find(tables, each.axes, &OneWayTable::axes);
    const double left = agree ? noise_left(plan.series->shape(), all, each.axes) : 1;
    Table table{each.axes, publication.period, true, left * variance_of_a_cell(plan), {}};
    for (const double cell : drawn->cells) table.cells.push_back(cell_of(cell, each.half_width));
    publication.tables.push_back(std::move(table));
  }
}

std::vector<MeasuredEffect> measured_effects(const EffectPlan& plan, const Records& records,
                                             Uniform& uniform) {
  std::vector<MeasuredEffect> effects;
  auto measured = measure(plan, records, uniform);
  for (std::size_t e = 0; e < measured.size(); ++e) {
    effects.push_back({plan.effects[e], std::move(measured[e].scaled)});
  }
  return effects;
}

// Whether a coarser cadence of the plan measures an effect of it again.
bool is_final(const Plan& plan, const PlannedCadence& at, Axes axes) {
  return std::ranges::none_of(plan.cadences, [&](const PlannedCadence& coarser) {
    return coarser.cadence > at.cadence &&
           std::ranges::any_of(coarser.effects.effects,
                               [&](const Effect& effect) { return part_of(effect.axes, axes); });
  });
}

void add_tables(Publication& publication, const Plan& plan, const NestedTime& time,
                const Period& period, bool final) {
  const auto* planned = plan.of(*cadence_of(period));
  if (planned == nullptr) return;
  for (const PlannedTable& each : planned->tables) {
    const auto estimated = time.table(period, each.axes);
    if (!estimated) continue;
    Table table{
        each.axes, period, final || is_final(plan, *planned, each.axes), estimated->variance, {}};
    for (const double cell : estimated->cells) {
      table.cells.push_back(cell_of(cell, half_width_95(estimated->variance)));
    }
    publication.tables.push_back(std::move(table));
  }
}

// Of every period within, the finest last.
void add_periods_within(Publication& publication, const Plan& plan, const NestedTime& time,
                        const Period& period) {
  for (const Period& part : parts_of(period)) {
    const bool is_last_word = plan.cadences.back().cadence == *cadence_of(publication.period);
    add_tables(publication, plan, time, part, is_last_word);
    add_periods_within(publication, plan, time, part);
  }
}

}  // namespace

Cell cell_of(double estimate, double half_width) {
  return {std::round(estimate * 100) / 100, std::floor((estimate - half_width) * 100) / 100,
          std::ceil((estimate + half_width) * 100) / 100};
}

Publication publish(const Plan& plan, const Occasion& occasion, const std::vector<CodedCase>& cases,
                    const std::vector<MeasuredPeriod>& earlier, Uniform& uniform) {
  const auto cadence = cadence_of(occasion.period);
  const auto* planned = cadence ? plan.of(*cadence) : nullptr;
  const bool again =
      std::ranges::find(earlier, occasion.period, &MeasuredPeriod::period) != earlier.end();
  if (planned == nullptr || again) throw std::logic_error("a period that is not to be drawn");
  Publication publication{occasion.region,
                          occasion.sequence,
                          plan.series,
                          occasion.period,
                          std::string(plan.schedule),
                          plan.noise,
                          planned->charge,
                          plan.charge(),
                          plan.method(),
                          {},
                          {}};
  if (plan.noise != Noise::effects) {
    const Counts counts = count_one_way(*plan.series, cases);
    add_one_way(publication, plan, *planned, noisy_cells(plan, *planned, counts, uniform));
    return publication;
  }
  publication.measured =
      measured_effects(planned->effects, records_of(*plan.series, cases), uniform);
  std::vector<MeasuredPeriod> all = earlier;
  all.push_back({occasion.period, publication.measured});
  const NestedTime time(plan.series->shape(), all);
  add_tables(publication, plan, time, occasion.period, false);
  add_periods_within(publication, plan, time, occasion.period);
  return publication;
}

}  // namespace meldpunt::trends
