// The exact release of many tables at once, by effects (analysis of variance).
//
// Let x_A be the true counts over the attributes A, M_A how many cells they have, and centre() the
// subtraction of the mean along every axis of A. For each A that some wanted table contains,
//
//   w_A    independent integers of the law N_Z(0, M_A² s_A²), one for each cell
//   y_A =  centre(M_A x_A + w_A) / M_A
//
// is published, and the table over B is estimated by
//
//   Σ over A ⊆ B of  y_A, the same along B∖A,  / Π m_i over i in B∖A
//
// which is unbiased, and consistent across all tables. What it costs one case, exactly:
// docs/trends.md, "Proof". Nothing is drawn or decided with floating point; planning alone uses it,
// and the variances that it finds are rounded up to whole 1,024ths before anything is charged.
#pragma once

#include "client/trends/discrete_gaussian.h"
#include "client/trends/privacy_cost.h"
#include "client/trends/tensor.h"

namespace meldpunt::trends {

// A table that is wanted; the heavier, the more exact at the others' cost.
struct Marginal {
  Axes axes = 0;
  double weight = 1;
};

// s² of the effect, which is what one of its values would have as noise before it is centred.
struct Effect {
  Axes axes = 0;
  Variance variance;

  friend bool operator==(const Effect&, const Effect&) = default;
};

struct EffectPlan {
  Shape shape;
  std::vector<Marginal> marginals;
  std::vector<Effect> effects;  // none: the share pays for nothing
  Billionths rho = 0;           // charged to each case, rounded up
};

// The most cells that one table may have, and the most rows: every sum then fits in 64 bits.
inline constexpr std::uint64_t cells_most = std::uint64_t{1} << 20U;
inline constexpr std::uint64_t rows_most = std::uint64_t{1} << 20U;

// Π (1 − 1/m): what of one case centring leaves.
[[nodiscard]] double share_left(const Shape& shape, Axes axes);

// The variances with the least weighted sum of the tables' cell variances that cost no more than
// share: one level of effect_levels.h. Throws std::logic_error for a table beyond cells_most.
[[nodiscard]] EffectPlan plan_effects(const Shape& shape, const std::vector<Marginal>& marginals,
                                      Billionths share);

// p / 2s² with p = Π (1 − 1/m), rounded up: what the effect costs each case.
[[nodiscard]] Billionths cost_of(const Shape& shape, const Effect& effect);

// Of each cell of the table over `axes`: the variance of its estimate.
[[nodiscard]] double variance_of(const EffectPlan& plan, Axes axes);
// The estimate ± this covers the truth in at least 95 of 100 draws.
[[nodiscard]] double half_width_of(const EffectPlan& plan, Axes axes);

// y_A times M_A², which is whole.
struct Measured {
  Axes axes = 0;
  std::vector<std::int64_t> scaled;
};

// Draws. In the order of the plan's effects.
[[nodiscard]] std::vector<Measured> measure(const EffectPlan& plan, const Records& records,
                                            Uniform& uniform);

// The table over `axes`, part of one that was planned; may be negative.
[[nodiscard]] std::vector<double> estimate(const Shape& shape,
                                           const std::vector<Measured>& measured, Axes axes);

}  // namespace meldpunt::trends
