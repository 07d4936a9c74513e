#include "client/trends/effects.h"

#include <gtest/gtest.h>

#include <cfenv>
#include <cmath>
#include <stdexcept>

#include "client/trends/dimensions.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

constexpr Billionths usual = 88'200'000;

Shape the_eight() {
  Shape shape;
  for (const Dimension& dimension : dimensions()) {
    shape.push_back(static_cast<std::uint32_t>(dimension.codes.size()));
  }
  return shape;
}

std::vector<Marginal> all_pairs(std::size_t attributes) {
  std::vector<Marginal> pairs;
  for (std::size_t i = 0; i < attributes; ++i) {
    for (std::size_t j = 0; j < i; ++j) pairs.push_back({(Axes{1} << i) | (Axes{1} << j)});
  }
  return pairs;
}

Records some_records(const Shape& shape, std::size_t rows, std::uint64_t seed) {
  SeededRandom bytes(seed);
  UniformFromBytes uniform(bytes);
  Records records(shape);
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<std::uint32_t> values;
    for (const std::uint32_t size : shape) {
      // Skewed, as real codes are.
      values.push_back(static_cast<std::uint32_t>(uniform.below(1 + uniform.below(size))));
    }
    records.add(values);
  }
  return records;
}

// Noise that is as good as none: the share is beyond every budget.
constexpr Billionths without_noise = 1'000'000'000'000'000;

TEST(Effects, GiveBackEveryTableWhenThereIsHardlyNoise) {
  const Shape shape{3, 2, 4};
  const Records records = some_records(shape, 200, 1);
  EffectPlan plan = plan_effects(shape, {{0b111}}, without_noise);
  SeededRandom bytes(2);
  UniformFromBytes uniform(bytes);
  const auto measured = measure(plan, records, uniform);

  for (const Axes axes : {0b000U, 0b001U, 0b010U, 0b100U, 0b101U, 0b111U}) {
    const auto counts = records.count(axes);
    const auto cells = estimate(shape, measured, axes);
    ASSERT_EQ(cells.size(), counts.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_NEAR(cells[i], static_cast<double>(counts[i]), 0.6);
    }
  }
}

TEST(Effects, AgreeAcrossAllTables) {
  const Shape shape{3, 2, 4};
  const Records records = some_records(shape, 200, 3);
  const EffectPlan plan = plan_effects(shape, {{0b011}, {0b110}}, usual);
  SeededRandom bytes(4);
  UniformFromBytes uniform(bytes);
  const auto measured = measure(plan, records, uniform);

  const auto of_two = estimate(shape, measured, 0b110);
  const auto of_one = estimate(shape, measured, 0b010);
  const auto summed = sum_to(shape, 0b110, of_two, 0b010);
  const auto from_other = sum_to(shape, 0b011, estimate(shape, measured, 0b011), 0b010);
  for (std::size_t i = 0; i < of_one.size(); ++i) {
    EXPECT_NEAR(summed[i], of_one[i], 1e-9);
    EXPECT_NEAR(from_other[i], of_one[i], 1e-9);
  }
}

// Over many draws: the mean is the truth, the spread is what the plan says.
TEST(Effects, AreUnbiasedWithTheVarianceThatWasPlanned) {
  const Shape shape{3, 4};
  const Records records = some_records(shape, 60, 5);
  const EffectPlan plan = plan_effects(shape, {{0b11}}, usual);
  SeededRandom bytes(6);
  UniformFromBytes uniform(bytes);
  constexpr int runs = 3000;
  for (const Axes axes : {0b00U, 0b01U, 0b11U}) {
    const auto counts = records.count(axes);
    const double variance = variance_of(plan, axes);
    double sum = 0;
    double squares = 0;
    int covered = 0;
    for (int run = 0; run < runs; ++run) {
      const double error = estimate(shape, measure(plan, records, uniform), axes)[0] -
                           static_cast<double>(counts[0]);
      sum += error;
      squares += error * error;
      covered += std::abs(error) <= half_width_of(plan, axes) ? 1 : 0;
    }
    EXPECT_LT(std::abs(sum / runs), 5 * std::sqrt(variance / runs)) << axes;
    EXPECT_NEAR(squares / runs / variance, 1, 0.15) << axes;
    EXPECT_GT(covered, runs * 0.935) << axes;
    EXPECT_LT(covered, runs * 0.972) << axes;
  }
}

TEST(Effects, CostNoMoreThanTheShareAndHardlyLess) {
  for (const Billionths share : {Billionths{24'400'000}, usual, Billionths{311'100'000}}) {
    const EffectPlan plan = plan_effects(the_eight(), all_pairs(8), share);
    Billionths sum = 0;
    for (const Effect& effect : plan.effects) sum += cost_of(plan.shape, effect);

    EXPECT_EQ(plan.effects.size(), 37U);
    EXPECT_EQ(plan.rho, sum);
    EXPECT_LE(plan.rho, share);
    EXPECT_GT(plan.rho, share - share / 1000);
  }
}

// No other choice of two effects' variances at the same cost is better: the plan is the least.
TEST(Effects, HaveTheLeastWeightedVarianceForTheirCost) {
  const Shape shape{3, 4};
  const EffectPlan plan = plan_effects(shape, {{0b11, 2.0}, {0b01, 1.0}}, usual);
  const auto total = [&](const EffectPlan& of) {
    return 2 * variance_of(of, 0b11) + variance_of(of, 0b01);
  };
  const auto cost = [&](const EffectPlan& of) {
    double sum = 0;
    for (const Effect& effect : of.effects) sum += static_cast<double>(cost_of(shape, effect));
    return sum;
  };
  for (std::size_t more = 0; more < plan.effects.size(); ++more) {
    for (std::size_t less = 0; less < plan.effects.size(); ++less) {
      if (more == less) continue;
      EffectPlan other = plan;
      other.effects[more].variance.numerator += other.effects[more].variance.numerator / 10;
      // Bought with what the first one saves.
      while (cost(other) < cost(plan)) other.effects[less].variance.numerator -= 1;
      EXPECT_GT(total(other), total(plan) * (1 - 1e-3));
    }
  }
}

TEST(Effects, OfNothingArePaidWithNothing) {
  EXPECT_TRUE(plan_effects({3, 4}, {{0b11}}, 3).effects.empty());
  EXPECT_EQ(plan_effects({3, 4}, {{0b11}}, 3).rho, 0U);
}

TEST(Effects, OfAnAttributeWithOneCategoryAreLeftOut) {
  const Shape shape{3, 1};
  const EffectPlan plan = plan_effects(shape, {{0b11}}, usual);

  EXPECT_EQ(plan.effects.size(), 2U);
  SeededRandom bytes(1);
  UniformFromBytes uniform(bytes);
  const auto measured = measure(plan, some_records(shape, 20, 1), uniform);
  EXPECT_EQ(estimate(shape, measured, 0b11), estimate(shape, measured, 0b01));
}

TEST(Effects, RefuseTablesAndRecordsThatTheyCannotHoldExactly) {
  EXPECT_THROW((void)plan_effects({2000, 2000}, {{0b11}}, usual), std::logic_error);
  const EffectPlan plan = plan_effects({3, 4}, {{0b11}}, usual);
  SeededRandom bytes(1);
  UniformFromBytes uniform(bytes);
  EXPECT_THROW((void)measure(plan, Records({4, 3}), uniform), std::logic_error);
  Records records({3, 4});
  EXPECT_THROW(records.add({3, 0}), std::logic_error);
  EXPECT_THROW(records.add({1}), std::logic_error);
}

// However the processor rounds: the same bytes give the same draws.
TEST(Effects, AreDrawnWithoutFloatingPoint) {
  const Shape shape{3, 4};
  const EffectPlan plan = plan_effects(shape, {{0b11}}, usual);
  const Records records = some_records(shape, 60, 5);
  const auto drawn = [&](int rounding) {
    std::fesetround(rounding);
    SeededRandom bytes(9);
    UniformFromBytes uniform(bytes);
    std::vector<std::vector<std::int64_t>> all;
    for (int run = 0; run < 50; ++run) {
      for (const Measured& each : measure(plan, records, uniform)) all.push_back(each.scaled);
    }
    for (int run = 0; run < 1000; ++run) {
      all.push_back({draw_discrete_laplace({31, 250}, uniform)});
    }
    std::fesetround(FE_TONEAREST);
    return all;
  };
  const auto usually = drawn(FE_TONEAREST);

  EXPECT_EQ(drawn(FE_UPWARD), usually);
  EXPECT_EQ(drawn(FE_DOWNWARD), usually);
  EXPECT_EQ(drawn(FE_TOWARDZERO), usually);
}

}  // namespace
}  // namespace meldpunt::trends::test
