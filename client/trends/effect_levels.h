// How much noise each effect gets at which cadence: the plan of a schedule of nested periods.
//
// A case is measured once at each level: in its month, in its quarter and in its year. An effect's
// precision at a level, u, is what was measured there, x, plus what the finer level brings when its
// n periods are added up: u_l = x_l + u_{l−1} / n_{l−1}. The plan is the least Σ over levels and
// tables of weight times variance for its cost, and has a closed form (docs/trends.md, "Planning").
#pragma once

#include "client/trends/effects.h"

namespace meldpunt::trends {

struct EffectLevel {
  std::vector<Marginal> marginals;  // wanted in each of its periods
  std::uint32_t in_next = 2;        // its periods in one of the next level; of the last not used
};

// One plan a level, in their order: what is measured in each of its periods, and what that costs
// a case. All of them together cost no more than share; without effects all of them where it pays
// for none.
[[nodiscard]] std::vector<EffectPlan> plan_levels(const Shape& shape,
                                                  const std::vector<EffectLevel>& levels,
                                                  Billionths share);

// The variance of each cell of that table of a level: when the level's period is published, and
// once every coarser one is too. Infinite where an effect of it is not measured by then.
struct Foreseen {
  double at_first = 0;
  double in_the_end = 0;
};
[[nodiscard]] Foreseen foresee(const std::vector<EffectPlan>& plans,
                               const std::vector<EffectLevel>& levels, std::size_t level,
                               Axes axes);

}  // namespace meldpunt::trends
