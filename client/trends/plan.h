// What a region publishes, how often, and what each case pays for it: decided from public things
// only, before anything is drawn.
//
// A schedule says which tables come at which cadence; it is fixed for a year. Of the kinds of noise
// that can make it, the one with the smaller predicted error is taken:
//
//   laplace    discrete Laplace noise on each cell of one-way tables: pure ε
//   gaussian   discrete Gaussian noise on each cell of one-way tables: zCDP
//   effects    discrete Gaussian noise on effects (effects.h), tables of several dimensions and
//              nested periods: zCDP
#pragma once

#include <string>

#include "client/trends/effect_levels.h"
#include "client/trends/period.h"
#include "client/trends/privacy_cost.h"
#include "client/trends/series.h"

namespace meldpunt::trends {

enum class Noise : std::uint8_t { laplace, gaussian, effects };
[[nodiscard]] std::string_view name_of(Noise noise);

struct WantedTables {
  Cadence cadence = Cadence::quarter;
  std::vector<Axes> tables;  // 0: the total
};

struct Schedule {
  std::string_view name;
  std::string_view label;              // one sentence
  std::vector<WantedTables> cadences;  // the finest first, each within the next
};

[[nodiscard]] const std::vector<Schedule>& schedules_of(const Counted& series);
// nullptr: there is none of that name.
[[nodiscard]] const Schedule* find_schedule(const Counted& series, std::string_view name);
// What a region gets that chose nothing.
inline constexpr std::string_view usual_schedule = "quarter-year";

// What may be charged to one case in all its life: one account, ρ or pure ε, for both series.
struct Budget {
  Billionths life = 88'000'000;  // ρ = 0.088: ε = 2 at δ; a pure account has that ε

  // 70 of 100 for the inflow, the rest for the closures.
  [[nodiscard]] Billionths share_of(const Counted& series, Billionths whole) const;
};
// ρ = 0.3112: ε = 4 at δ. Above it a person could be guessed from figures: refused.
inline constexpr Billionths life_budget_max = 311'200'000;

// To one account only; the other is zero.
struct Charge {
  Billionths rho = 0;
  Billionths pure = 0;

  Charge& operator+=(const Charge& more);
  // The ε that all of it together implies at δ: pure charges add up, and so does what ρ implies.
  [[nodiscard]] Billionths epsilon() const;
  friend bool operator==(const Charge&, const Charge&) = default;
};

struct PlannedTable {
  Axes axes = 0;
  double half_width = 0;  // of the 95 % interval of each cell, when its period is published
  double in_the_end = 0;  // the same once every coarser period is published
};

// What is drawn for a period of one cadence.
struct PlannedCadence {
  Cadence cadence = Cadence::quarter;
  Charge charge;  // to each case of the period
  std::vector<PlannedTable> tables;
  EffectPlan effects;  // of noise on effects
};

struct Plan {
  const Counted* series = nullptr;
  std::string_view schedule;
  Noise noise = Noise::laplace;
  Ratio epsilon;      // of each cell, for laplace
  Variance variance;  // of each cell, for gaussian
  Billionths life = 0;
  std::vector<PlannedCadence> cadences;  // none: the budget pays for nothing

  // Of all cadences: what a case pays in this series.
  [[nodiscard]] Charge charge() const;
  [[nodiscard]] const PlannedCadence* of(Cadence cadence) const;
  // The mean of |error| over the cells of each table, and over tables.
  [[nodiscard]] double predicted_error() const;
  // One sentence, which travels with the figures.
  [[nodiscard]] std::string method() const;
};

[[nodiscard]] Plan make_plan(const Counted& series, const Schedule& schedule, const Budget& budget,
                             Noise noise);
// With the noise that errs least.
[[nodiscard]] Plan make_plan(const Counted& series, const Schedule& schedule, const Budget& budget);
// Of the closures when the inflow's plan is that: charged to the same account.
[[nodiscard]] Plan make_plan_beside(const Plan& inflow, const Schedule& schedule,
                                    const Budget& budget);

}  // namespace meldpunt::trends
