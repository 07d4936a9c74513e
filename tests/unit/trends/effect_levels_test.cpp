#include "client/trends/effect_levels.h"

#include <gtest/gtest.h>

#include <cmath>

namespace meldpunt::trends::test {
namespace {

constexpr Billionths usual = 61'600'000;
const Shape shape{5, 3, 4};
// One table each quarter, a pair each year.
const std::vector<EffectLevel> quarters_and_year{{{{0b000}, {0b001}}, 4},
                                                 {{{0b000}, {0b001}, {0b011}}, 2}};

Billionths cost_of_all(const std::vector<EffectPlan>& plans) {
  Billionths sum = 0;
  for (const EffectPlan& plan : plans) {
    for (const Effect& effect : plan.effects) sum += cost_of(plan.shape, effect);
  }
  return sum;
}

double total(const std::vector<EffectPlan>& plans, const std::vector<EffectLevel>& levels) {
  double sum = 0;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    for (const Marginal& marginal : levels[l].marginals) {
      sum += marginal.weight * foresee(plans, levels, l, marginal.axes).at_first;
    }
  }
  return sum;
}

TEST(Levels, CostACaseNoMoreThanTheShareAllTogether) {
  for (const Billionths share : {Billionths{24'400'000}, usual, Billionths{311'100'000}}) {
    const auto plans = plan_levels(shape, quarters_and_year, share);
    EXPECT_LE(cost_of_all(plans), share);
    EXPECT_GT(cost_of_all(plans), share - share / 1000);
    EXPECT_EQ(plans[0].rho + plans[1].rho, cost_of_all(plans));
  }
}

TEST(Levels, OfOneAreTheEffectsPlan) {
  const std::vector<Marginal> pairs{{0b011}, {0b110, 2}};
  const EffectPlan alone = plan_effects(shape, pairs, usual);

  EXPECT_EQ(plan_levels(shape, {{pairs}}, usual).front().effects, alone.effects);
  for (const Axes axes : {0b011U, 0b110U, 0b010U}) {
    EXPECT_NEAR(foresee({alone}, {{pairs}}, 0, axes).at_first, variance_of(alone, axes), 1e-9);
    EXPECT_NEAR(foresee({alone}, {{pairs}}, 0, axes).in_the_end, variance_of(alone, axes), 1e-9);
  }
}

// No other choice of two variances at the same cost is better.
TEST(Levels, HaveTheLeastWeightedVarianceForTheirCost) {
  const auto plans = plan_levels(shape, quarters_and_year, usual);
  const double least = total(plans, quarters_and_year);
  const auto exact_cost = [](const std::vector<EffectPlan>& of) {
    double sum = 0;
    for (const EffectPlan& plan : of) {
      for (const Effect& effect : plan.effects) {
        sum += share_left(shape, effect.axes) / (2 * effect.variance.value());
      }
    }
    return sum;
  };
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t e = 0; e < plans[l].effects.size(); ++e) {
      for (std::size_t k = 0; k < 2; ++k) {
        for (std::size_t f = 0; f < plans[k].effects.size(); ++f) {
          if (l == k && e == f) continue;
          auto other = plans;
          Variance& more = other[l].effects[e].variance;
          more.numerator += more.numerator / 10;
          // Bought with what that saves.
          Variance& less = other[k].effects[f].variance;
          const double saved = exact_cost(plans) - exact_cost(other);
          const double share = share_left(shape, other[k].effects[f].axes);
          const double now = share / (2 * less.value()) + saved;
          less.numerator = static_cast<std::uint64_t>(std::llround(share / (2 * now) * 1024));
          less.denominator = 1024;
          EXPECT_GT(total(other, quarters_and_year), least * (1 - 1e-4));
        }
      }
    }
  }
}

TEST(Levels, MeasureAnEffectFirstWhereATableNeedsIt) {
  const auto plans = plan_levels(shape, quarters_and_year, usual);

  EXPECT_EQ(plans[0].effects.size(), 2U) << "the total and the table";
  EXPECT_EQ(plans[1].effects.size(), 4U) << "both again, and what the pair adds";
  EXPECT_TRUE(std::isinf(foresee(plans, quarters_and_year, 0, 0b011).at_first));
}

// A table that hardly matters in the year is not measured again: its quarters are added up.
TEST(Levels, AddUpFinerPeriodsWhereMeasuringAgainIsNotWorthIt) {
  const std::vector<EffectLevel> levels{{{{0b001, 1}}, 4}, {{{0b001, 0.01}}, 2}};
  const auto plans = plan_levels(shape, levels, usual);

  EXPECT_TRUE(plans[1].effects.empty());
  EXPECT_NEAR(foresee(plans, levels, 1, 0b001).at_first,
              4 * foresee(plans, levels, 0, 0b001).at_first, 1e-6);
}

TEST(Levels, AreMoreExactInTheEndThanAtFirst) {
  const auto plans = plan_levels(shape, quarters_and_year, usual);
  const Foreseen quarter = foresee(plans, quarters_and_year, 0, 0b001);
  const Foreseen year = foresee(plans, quarters_and_year, 1, 0b001);

  EXPECT_LT(quarter.in_the_end, quarter.at_first);
  EXPECT_EQ(year.in_the_end, year.at_first);
}

TEST(Levels, OfNothingArePaidWithNothing) {
  for (const EffectPlan& plan : plan_levels(shape, quarters_and_year, 5)) {
    EXPECT_TRUE(plan.effects.empty());
    EXPECT_EQ(plan.rho, 0U);
  }
}

}  // namespace
}  // namespace meldpunt::trends::test
