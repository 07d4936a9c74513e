#include "client/trends/plan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "client/trends/intervals.h"
#include "client/trends/shared_total.h"

namespace meldpunt::trends {

namespace {

constexpr Billionths billion = 1'000'000'000;
constexpr std::uint64_t variance_denominator = 1024;
constexpr Axes total = 0;

std::vector<Axes> of_order(const Counted& series, int order) {
  std::vector<Axes> tables;
  const Axes all = (Axes{1} << series.dimensions.size()) - 1;
  for (Axes axes = 0; axes <= all; ++axes) {
    if (std::popcount(axes) == order) tables.push_back(axes);
  }
  return tables;
}

std::vector<Axes> join(std::vector<Axes> tables, const std::vector<Axes>& more) {
  tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

std::vector<Schedule> of_inflow() {
  const auto one = join({total}, of_order(inflow(), 1));
  const auto two = join(one, of_order(inflow(), 2));
  const Axes form = Axes{1} << *inflow().index_of("form");
  return {
      {"quarter", "Each quarter every dimension by itself.", {{Cadence::quarter, one}}},
      {"quarter-year",
       "Each quarter every dimension by itself, each year also every pair of them.",
       {{Cadence::quarter, one}, {Cadence::year, two}}},
      {"month-quarter-year",
       "Each month the total and the form, each quarter every dimension by itself, each year also "
       "every pair of them.",
       {{Cadence::month, {total, form}}, {Cadence::quarter, one}, {Cadence::year, two}}},
      {"year",
       "Each year every dimension by itself and every pair of them.",
       {{Cadence::year, two}}},
      {"month",
       "Each month every dimension by itself; only for very many cases.",
       {{Cadence::month, one}}},
      {"month-form",
       "Each month the form and nothing else; for very few cases.",
       {{Cadence::month, {form}}}},
  };
}

// Needs are several of a case: there are no tables of pairs, and no total to add up to.
std::vector<Schedule> of_closures() {
  const auto one = of_order(closures(), 1);
  return {
      {"quarter", "Each quarter reasons, needs and missing places.", {{Cadence::quarter, one}}},
      {"year", "Each year reasons, needs and missing places.", {{Cadence::year, one}}},
  };
}

bool one_way(const Schedule& schedule) {
  return schedule.cadences.size() == 1 &&
         std::ranges::all_of(schedule.cadences.front().tables,
                             [](Axes axes) { return std::popcount(axes) <= 1; });
}

// The tables that noise is drawn for, cell by cell: a total would be one more to pay for.
std::vector<Axes> cells_only(const std::vector<Axes>& tables) {
  std::vector<Axes> kept;
  std::ranges::copy_if(tables, std::back_inserter(kept), [](Axes axes) { return axes != total; });
  return kept;
}

// 1 over the number of tables of its order: the total counts as much as all pairs together.
std::vector<EffectLevel> levels_of(const Schedule& schedule) {
  std::vector<EffectLevel> levels;
  for (const WantedTables& wanted : schedule.cadences) {
    EffectLevel level{{}, in_next(wanted.cadence)};
    for (const Axes axes : wanted.tables) {
      const auto same = std::ranges::count_if(
          wanted.tables, [&](Axes other) { return std::popcount(other) == std::popcount(axes); });
      level.marginals.push_back({axes, 1 / static_cast<double>(same)});
    }
    levels.push_back(std::move(level));
  }
  return levels;
}

// `half_width`: of a cell's own noise. Where every case is in each table once, the totals agree
// (shared_total.h); the noise that is left has lighter tails, so that its intervals are not too
// narrow.
void plan_cells(Plan& plan, const Schedule& schedule, Charge charge, double half_width) {
  const std::vector<Axes>& wanted = schedule.cadences.front().tables;
  const std::vector<Axes> tables = cells_only(wanted);
  PlannedCadence planned{schedule.cadences.front().cadence, charge, {}, {}};
  const Shape shape = plan.series->shape();
  for (const Axes axes : plan.series->single_valued() ? wanted : tables) {
    const double left = plan.series->single_valued() ? noise_left(shape, tables, axes) : 1;
    const double half = half_width * std::sqrt(left);
    planned.tables.push_back({axes, half, half});
  }
  plan.cadences.push_back(std::move(planned));
}

// The largest ε of a cell in thousandths.
void plan_laplace(Plan& plan, const Schedule& schedule, Billionths share) {
  const std::uint32_t cells =
      plan.series->cells_of_a_case(cells_only(schedule.cadences.front().tables));
  const auto thousandths = static_cast<std::uint32_t>(share / cells / (billion / 1000));
  if (thousandths == 0) return;
  plan.epsilon = {thousandths, 1000};
  plan_cells(plan, schedule, {0, Billionths{thousandths} * cells * (billion / 1000)},
             static_cast<double>(half_width_95(plan.epsilon)));
}

// cells / 2σ², rounded up.
Billionths rho_of_cells(std::uint32_t cells, const Variance& variance) {
  const Wide above = Wide(billion) * cells * variance.denominator;
  const Wide below = Wide(2) * variance.numerator;
  return static_cast<Billionths>((above + below - 1) / below);
}

void plan_gaussian(Plan& plan, const Schedule& schedule, Billionths share) {
  const std::uint32_t cells =
      plan.series->cells_of_a_case(cells_only(schedule.cadences.front().tables));
  if (share == 0) return;
  // The least whole 1,024ths that cost no more than the share.
  const Wide above = Wide(billion) * cells * variance_denominator;
  const Wide parts = (above + 2 * share - 1) / (Wide(2) * share);
  if (parts >= Wide(variance_max) * variance_denominator) return;
  plan.variance = {static_cast<std::uint64_t>(parts), variance_denominator};
  plan_cells(plan, schedule, {rho_of_cells(cells, plan.variance), 0},
             half_width_95(plan.variance.value()));
}

void plan_effects_of(Plan& plan, const Schedule& schedule, Billionths share) {
  const auto levels = levels_of(schedule);
  auto plans = plan_levels(plan.series->shape(), levels, share);
  if (std::ranges::all_of(plans, [](const EffectPlan& each) { return each.effects.empty(); })) {
    return;
  }
  for (std::size_t l = 0; l < levels.size(); ++l) {
    PlannedCadence planned{schedule.cadences[l].cadence, {plans[l].rho, 0}, {}, plans[l]};
    for (const Axes axes : schedule.cadences[l].tables) {
      const Foreseen foreseen = foresee(plans, levels, l, axes);
      planned.tables.push_back(
          {axes, half_width_95(foreseen.at_first), half_width_95(foreseen.in_the_end)});
    }
    plan.cadences.push_back(std::move(planned));
  }
}

bool possible(const Counted& series, const Schedule& schedule, Noise noise) {
  return noise == Noise::effects ? series.single_valued() : one_way(schedule);
}

}  // namespace

std::string_view name_of(Noise noise) {
  constexpr std::array<std::string_view, 3> names{"laplace", "gaussian", "effects"};
  return names.at(static_cast<std::size_t>(noise));
}

const std::vector<Schedule>& schedules_of(const Counted& series) {
  static const std::vector<Schedule> inflows = of_inflow();
  static const std::vector<Schedule> closed = of_closures();
  return series.id == crypto::Series::inflow ? inflows : closed;
}

const Schedule* find_schedule(const Counted& series, std::string_view name) {
  const auto& all = schedules_of(series);
  const auto found = std::ranges::find(all, name, &Schedule::name);
  return found == all.end() ? nullptr : &*found;
}

Billionths Budget::share_of(const Counted& series, Billionths whole) const {
  const Billionths of_inflow = whole / 100 * 70;
  return series.id == crypto::Series::inflow ? of_inflow : whole - of_inflow;
}

Charge& Charge::operator+=(const Charge& more) {
  rho += more.rho;
  pure += more.pure;
  return *this;
}

Billionths Charge::epsilon() const { return pure + (rho == 0 ? 0 : epsilon_at_delta(rho)); }

Charge Plan::charge() const {
  Charge whole;
  for (const PlannedCadence& each : cadences) whole += each.charge;
  return whole;
}

const PlannedCadence* Plan::of(Cadence cadence) const {
  const auto found = std::ranges::find(cadences, cadence, &PlannedCadence::cadence);
  return found == cadences.end() ? nullptr : &*found;
}

double Plan::predicted_error() const {
  double sum = 0;
  double tables = 0;
  for (const PlannedCadence& each : cadences) {
    for (const PlannedTable& table : each.tables) {
      if (table.axes == total) continue;
      if (noise == Noise::laplace) {
        const double q = std::exp(-static_cast<double>(epsilon.numerator) / epsilon.denominator);
        sum += 2 * q / (1 - q * q) * table.half_width / static_cast<double>(half_width_95(epsilon));
      } else {
        sum += table.half_width / half_width_95(1.0) * std::sqrt(2 / std::numbers::pi);
      }
      ++tables;
    }
  }
  return tables == 0 ? 0 : sum / tables;
}

std::string Plan::method() const {
  switch (noise) {
    case Noise::laplace:
      return "One-way tables over fixed code lists; each cell is the count plus discrete Laplace "
             "(two-sided geometric) noise of epsilon " +
             std::to_string(epsilon.numerator) + '/' + std::to_string(epsilon.denominator) +
             ", drawn once with integer arithmetic from the system generator.";
    case Noise::gaussian:
      return "One-way tables over fixed code lists; each cell is the count plus discrete Gaussian "
             "noise of variance " +
             std::to_string(variance.numerator) + '/' + std::to_string(variance.denominator) +
             ", drawn once with integer arithmetic from the system generator.";
    case Noise::effects:
      break;
  }
  return "Tables over fixed code lists, put together from effects (analysis of variance), each "
         "measured with discrete Gaussian noise that was drawn once with integer arithmetic from "
         "the system generator; nested periods are combined by least squares. The exact values "
         "of the effects are in the file (measured).";
}

Plan make_plan(const Counted& series, const Schedule& schedule, const Budget& budget, Noise noise) {
  Plan plan{&series, schedule.name, noise, {}, {}, budget.life, {}};
  if (!possible(series, schedule, noise)) return plan;
  const Billionths whole = noise == Noise::laplace ? epsilon_at_delta(budget.life) : budget.life;
  const Billionths share = budget.share_of(series, whole);
  switch (noise) {
    case Noise::laplace:
      plan_laplace(plan, schedule, share);
      break;
    case Noise::gaussian:
      plan_gaussian(plan, schedule, share);
      break;
    case Noise::effects:
      plan_effects_of(plan, schedule, share);
      break;
  }
  return plan;
}

Plan make_plan(const Counted& series, const Schedule& schedule, const Budget& budget) {
  Plan best{&series, schedule.name, Noise::laplace, {}, {}, budget.life, {}};
  for (const Noise noise : {Noise::effects, Noise::gaussian, Noise::laplace}) {
    Plan plan = make_plan(series, schedule, budget, noise);
    if (plan.cadences.empty()) continue;
    if (best.cadences.empty() || plan.predicted_error() < best.predicted_error()) {
      best = std::move(plan);
    }
  }
  return best;
}

Plan make_plan_beside(const Plan& inflow, const Schedule& schedule, const Budget& budget) {
  const Noise noise = inflow.noise == Noise::laplace ? Noise::laplace : Noise::gaussian;
  return make_plan(closures(), schedule, budget, noise);
}

}  // namespace meldpunt::trends
