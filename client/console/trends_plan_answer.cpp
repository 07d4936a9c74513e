#include "client/console/trends_plan_answer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <nlohmann/json.hpp>

#include "client/console/trends_answer.h"
#include "client/lib/recording.h"

namespace meldpunt::console {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

namespace {

// The budgets that are offered: a little below ε of a half, 1, 2 and 4. The third is the usual one.
constexpr std::array<trends::Billionths, 4> offered{6'600'000, 24'300'000, 88'000'000, 311'000'000};
constexpr crypto::Hour hours_in_year = 365 * 24;

double cells_of(const trends::Counted& series, trends::Axes axes) {
  return static_cast<double>(trends::cell_count(series.shape(), axes));
}

json names_of(const trends::Counted& series, trends::Axes axes) {
  json names = json::array();
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (trends::holds_axis(axes, i)) names.push_back(series.dimensions[i].name);
  }
  return names;
}

json json_of_table(const trends::Counted& series, const trends::PlannedTable& table, double cases) {
  const double cells = cells_of(series, table.axes);
  return {{"dimensions", names_of(series, table.axes)},
          {"cells", cells},
          {"half_width", table.half_width},
          {"in_the_end", table.in_the_end},
          {"average", cases / cells},
          {"reads", readable(table.half_width, cells, cases)},
          {"reads_in_the_end", readable(table.in_the_end, cells, cases)}};
}

// Tables of one number of dimensions, by the least exact of them.
struct Alike {
  std::size_t tables = 0;
  double cells = 0;
  double half_width = 0;
  double in_the_end = 0;
};

json json_of_cadence(const trends::Counted& series, const trends::PlannedCadence& planned,
                     double cases_of_year) {
  std::map<int, Alike> by_order;
  for (const trends::PlannedTable& table : planned.tables) {
    Alike& alike = by_order[std::popcount(table.axes)];
    ++alike.tables;
    alike.cells = std::max(alike.cells, cells_of(series, table.axes));
    alike.half_width = std::max(alike.half_width, table.half_width);
    alike.in_the_end = std::max(alike.in_the_end, table.in_the_end);
  }
  const double cases = cases_of_year / (planned.cadence == trends::Cadence::month     ? 12
                                        : planned.cadence == trends::Cadence::quarter ? 4
                                                                                      : 1);
  json list = json::array();
  for (const auto& [order, alike] : by_order) {
    list.push_back({{"order", order},
                    {"tables", alike.tables},
                    {"cells", alike.cells},
                    {"half_width", alike.half_width},
                    {"in_the_end", alike.in_the_end},
                    {"reads", readable(alike.half_width, alike.cells, cases)},
                    {"reads_in_the_end", readable(alike.in_the_end, alike.cells, cases)}});
  }
  return {{"cadence", trends::name_of(planned.cadence)}, {"cases", cases}, {"tables", list}};
}

// The closures' noise is the inflow's account; the usual schedule decides which that is.
trends::Plan plan_for(const trends::Counted& series, const trends::Schedule& schedule,
                      const trends::Budget& budget) {
  if (series.id == crypto::Series::inflow) return trends::make_plan(series, schedule, budget);
  const trends::Schedule* usual = trends::find_schedule(trends::inflow(), trends::usual_schedule);
  return trends::make_plan_beside(trends::make_plan(trends::inflow(), *usual, budget), schedule,
                                  budget);
}

json json_of_plans(const trends::Counted& series, trends::Billionths life, double cases_of_year) {
  json plans = json::array();
  for (const trends::Schedule& schedule : trends::schedules_of(series)) {
    const trends::Plan plan = plan_for(series, schedule, {life});
    json cadences = json::array();
    for (const trends::PlannedCadence& each : plan.cadences) {
      cadences.push_back(json_of_cadence(series, each, cases_of_year));
    }
    plans.push_back({{"schedule", schedule.name},
                     {"noise", trends::name_of(plan.noise)},
                     {"cost", json_of(plan.charge())},
                     {"cadences", std::move(cadences)}});
  }
  return {{"life", trends::decimal(life)},
          {"epsilon", trends::decimal(trends::epsilon_at_delta(life))},
          {"plans", std::move(plans)}};
}

// Opened in the last year; of the closures those of them that are closed.
double cases_of_last_year(const Workplace& place, const trends::Counted& series) {
  const client::Casework& casework = place.casework();
  const crypto::Hour now = place.hour();
  return static_cast<double>(std::ranges::count_if(casework.index().cases(), [&](const auto& one) {
    const client::Case& entry = one.second;
    if (!entry.readable || entry.reports.empty() || entry.oldest + hours_in_year < now)
      return false;
    return series.id == crypto::Series::inflow || client::state_of(casework, one.first).closed;
  }));
}

json part_of_meter(const trends::Plan& plan, const trends::PlannedCadence& planned, bool pure,
                   double whole) {
  const double paid = static_cast<double>(pure ? planned.charge.pure : planned.charge.rho);
  return {{"series", plan.series->name},
          {"cadence", trends::name_of(planned.cadence)},
          {"cost", json_of(planned.charge)},
          {"percent", 100 * paid / whole}};
}

}  // namespace

std::string_view readable(double half_width, double cells, double cases) {
  if (2 * half_width <= cases / cells) return "most";
  return 2 * half_width <= cases / 2 ? "some" : "none";
}

json json_of(const trends::Charge& charge) {
  return {{"rho", trends::decimal(charge.rho)},
          {"pure", trends::decimal(charge.pure)},
          {"epsilon", trends::decimal(charge.epsilon())}};
}

trends::Billionths rho_for(trends::Billionths epsilon) {
  trends::Billionths least = 0;
  trends::Billionths beyond = trends::life_budget_max + 2;
  while (beyond - least > 1) {
    const trends::Billionths middle = least + (beyond - least) / 2;
    (trends::epsilon_at_delta(middle) <= epsilon ? least : beyond) = middle;
  }
  return least;
}

Outcome<client::ReleaseWish> wish_of(const AskedRelease& asked) {
  const trends::Counted* series = trends::find_series(asked.series);
  const auto period = trends::read_period(asked.period);
  const trends::Billionths life = trends::read_decimal(asked.life);
  if (series == nullptr || !period || life == 0 ||
      trends::find_schedule(*series, asked.schedule) == nullptr) {
    return problem(EX_USAGE, "There is no such period, schedule or budget. Load the page anew.");
  }
  return client::ReleaseWish{series->id, *period, asked.schedule, {life}};
}

Outcome<json> preview_of(Workplace& place, const AskedRelease& asked) {
  const auto wish = wish_of(asked);
  if (!wish) return pass_on(wish.error());
  const auto preview = releases_of(place).preview(*wish);
  if (!preview) return pass_on(preview.error());
  json tables = json::array();
  const auto cadence = trends::cadence_of(wish->period);
  const auto* planned = cadence ? preview->plan.of(*cadence) : nullptr;
  if (planned != nullptr) {
    for (const trends::PlannedTable& table : planned->tables) {
      tables.push_back(
          json_of_table(*preview->plan.series, table, static_cast<double>(preview->cases)));
    }
  }
  return json{{"series", asked.series},
              {"period", asked.period},
              {"schedule", asked.schedule},
              {"life", trends::decimal(wish->budget.life)},
              {"noise", trends::name_of(preview->plan.noise)},
              {"method", preview->plan.method()},
              {"cost", json_of(preview->charge)},
              {"epsilon_life", trends::decimal(preview->life)},
              {"epsilon_paid_after", trends::decimal(preview->paid_after)},
              {"cases", preview->cases},
              {"left_out", preview->left_out},
              {"not_coded", preview->not_coded},
              {"tables", std::move(tables)}};
}

Outcome<json> what_if_of(const Workplace& place, const std::string& name,
                         const std::string& epsilon) {
  const trends::Counted* series = trends::find_series(name);
  if (series == nullptr) {
    return problem(EX_USAGE, "There is no such series of figures. Load the page anew.");
  }
  std::vector<trends::Billionths> lives(offered.begin(), offered.end());
  if (!epsilon.empty()) {
    const trends::Billionths wanted = trends::read_decimal(epsilon);
    if (wanted == 0) return problem(EX_USAGE, "A budget is a number above 0, as 2 or 0.5.");
    lives = {rho_for(wanted)};
    if (lives.front() > trends::life_budget_max) {
      return problem(EX_USAGE,
                     "With so large a budget, somebody who knows a person could see in the figures "
                     "whether that person's case is among them. Choose at most 4.");
    }
    if (lives.front() == 0) {
      return problem(EX_USAGE, "This budget is too small for any figure. Choose a larger one.");
    }
  }
  const double cases = cases_of_last_year(place, *series);
  json list = json::array();
  for (const trends::Billionths life : lives) list.push_back(json_of_plans(*series, life, cases));
  return json{{"series", series->name}, {"cases", cases}, {"lives", std::move(list)}};
}

json meter_of(const trends::Plan& inflow, const trends::Plan& closures,
              const trends::Budget& budget) {
  const bool pure = inflow.noise == trends::Noise::laplace;
  const trends::Billionths life = pure ? trends::epsilon_at_delta(budget.life) : budget.life;
  trends::Charge whole = inflow.charge();
  whole += closures.charge();
  json parts = json::array();
  for (const trends::Plan* plan : {&inflow, &closures}) {
    for (const trends::PlannedCadence& each : plan->cadences) {
      parts.push_back(part_of_meter(*plan, each, pure, static_cast<double>(life)));
    }
  }
  return {{"life", trends::decimal(budget.life)},
          {"epsilon_life", trends::decimal(trends::epsilon_at_delta(budget.life))},
          {"epsilon_paid", trends::decimal(whole.epsilon())},
          {"parts", std::move(parts)}};
}

}  // namespace meldpunt::console
