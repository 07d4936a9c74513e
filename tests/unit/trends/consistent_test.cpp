#include "client/trends/consistent.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

const Shape shape{3, 2, 4};

Records few_records() {
  Records records(shape);
  for (std::uint32_t i = 0; i < 30; ++i)
    records.add({i % 3 == 0 ? 1U : 0U, i % 2, i % 5 == 0 ? 3U : 0U});
  return records;
}

std::vector<Measured> noisy(const EffectPlan& plan, const Records& records, std::uint64_t seed) {
  SeededRandom bytes(seed);
  UniformFromBytes uniform(bytes);
  return measure(plan, records, uniform);
}

TEST(TopDownTables, HaveNoNegativeCellsAndAddUp) {
  const EffectPlan plan = plan_effects(shape, {{0b111}}, 88'200'000);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto measured = noisy(plan, few_records(), seed);
    TopDown tables(shape, measured);
    for (const Axes axes : {0b000U, 0b001U, 0b011U, 0b101U, 0b110U, 0b111U}) {
      for (const double cell : tables.table(axes)) EXPECT_GE(cell, 0);
      if (axes == 0b111) continue;
      for (Axes part = (axes - 1) & axes; axes != 0; part = (part - 1) & axes) {
        const auto summed = sum_to(shape, axes, tables.table(axes), part);
        for (std::size_t i = 0; i < summed.size(); ++i) {
          EXPECT_NEAR(summed[i], tables.table(part)[i], 1e-4) << axes << " " << part;
        }
        if (part == 0) break;
      }
    }
  }
}

TEST(TopDownTables, AreTheEstimatesWhereThoseAreNotNegative) {
  const EffectPlan plan = plan_effects({2, 2}, {{0b11}}, 1'000'000'000'000);
  Records records({2, 2});
  for (std::uint32_t i = 0; i < 40; ++i) records.add({i % 2, i / 20});
  const auto measured = noisy(plan, records, 1);
  TopDown tables({2, 2}, measured);

  const auto cells = estimate({2, 2}, measured, 0b11);
  for (std::size_t i = 0; i < cells.size(); ++i) EXPECT_NEAR(tables.table(0b11)[i], cells[i], 1e-9);
}

// An effect that is nothing but noise goes to zero more often than not; a large one stays.
TEST(SmoothedEffects, LoseNoiseAndKeepWhatIsLarge) {
  const Shape wide{8, 8};
  const EffectPlan plan = plan_effects(wide, {{0b11}}, 88'200'000);
  Records records(wide);
  for (std::uint32_t i = 0; i < 2000; ++i) records.add({i % 2, (i / 2) % 8});
  const auto measured = noisy(plan, records, 9);
  const auto smooth = smoothed(plan, measured);
  const auto squares = [](const Measured& of) {
    double sum = 0;
    for (const std::int64_t value : of.scaled)
      sum += static_cast<double>(value) * static_cast<double>(value);
    return sum;
  };

  ASSERT_EQ(smooth.size(), 4U);
  EXPECT_EQ(smooth[0].scaled, measured[0].scaled);             // the total
  EXPECT_GT(squares(smooth[1]), 0.99 * squares(measured[1]));  // two of eight categories have all
  EXPECT_LT(squares(smooth[2]), 0.5 * squares(measured[2]));   // eight equal ones
  EXPECT_LT(squares(smooth[3]), 0.5 * squares(measured[3]));   // independent of each other
}

}  // namespace
}  // namespace meldpunt::trends::test
