#include "client/trends/nested_time.h"

#include <gtest/gtest.h>

#include <cmath>

#include "client/trends/effect_levels.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

const Shape shape{3, 2};
const Period year = *read_period("2026");
const std::vector<Period> quarters = parts_of(year);

// One effect, the total, as it was published.
MeasuredPeriod total_of(const Period& period, std::int64_t value, std::uint64_t variance) {
  return {period, {{{0, {variance, 1}}, {value}}}};
}

TEST(NestedPeriods, AreAddedUpWhereNothingElseIsKnown) {
  const NestedTime time(shape, {total_of(quarters[0], 10, 4), total_of(quarters[1], 20, 4),
                                total_of(quarters[2], 30, 4), total_of(quarters[3], 40, 4)});

  EXPECT_DOUBLE_EQ(time.table(year, 0)->cells[0], 100);
  EXPECT_DOUBLE_EQ(time.table(year, 0)->variance, 16);
  EXPECT_DOUBLE_EQ(time.table(quarters[1], 0)->cells[0], 20);
}

// By hand: quarters of variance 4 add up to 16, the year itself has 16: halfway between, and each
// quarter gets a quarter of what is left over.
TEST(NestedPeriods, ShareOutWhatTheYearKnowsBetter) {
  const NestedTime time(
      shape, {total_of(quarters[0], 10, 4), total_of(quarters[1], 20, 4),
              total_of(quarters[2], 30, 4), total_of(quarters[3], 40, 4), total_of(year, 116, 16)});

  EXPECT_DOUBLE_EQ(time.table(year, 0)->cells[0], 108);
  EXPECT_DOUBLE_EQ(time.table(year, 0)->variance, 8);
  EXPECT_DOUBLE_EQ(time.table(quarters[0], 0)->cells[0], 12);
  EXPECT_DOUBLE_EQ(time.table(quarters[0], 0)->variance, 4 - 1 + 0.5);
  double sum = 0;
  for (const Period& quarter : quarters) sum += time.table(quarter, 0)->cells[0];
  EXPECT_DOUBLE_EQ(sum, 108) << "what is published adds up";
}

TEST(NestedPeriods, WeighMonthsOfUnequalNoise) {
  const auto months = parts_of(quarters[0]);
  const NestedTime time(shape, {total_of(months[0], 1, 1), total_of(months[1], 1, 1),
                                total_of(months[2], 1, 6), total_of(quarters[0], 11, 8)});

  // 3 ± 8 from the months and 11 ± 8: 7. Of the four more the third month takes 6/8.
  EXPECT_DOUBLE_EQ(time.table(quarters[0], 0)->cells[0], 7);
  EXPECT_DOUBLE_EQ(time.table(months[2], 0)->cells[0], 4);
  EXPECT_DOUBLE_EQ(time.table(months[0], 0)->cells[0], 1.5);
}

TEST(NestedPeriods, SayNothingOfWhatIsNotKnown) {
  const NestedTime time(shape, {total_of(quarters[0], 10, 4), total_of(year, 100, 16)});

  EXPECT_FALSE(time.table(quarters[1], 0)) << "lost, or not released";
  EXPECT_DOUBLE_EQ(time.table(quarters[0], 0)->cells[0], 10) << "nothing to share out";
  EXPECT_DOUBLE_EQ(time.table(year, 0)->cells[0], 100);
  EXPECT_FALSE(time.table(year, 0b01)) << "only the total was measured";
  EXPECT_FALSE(NestedTime(shape, {}).table(year, 0));
}

TEST(NestedPeriods, PassOverValuesThatAreNotOfTheShape) {
  const MeasuredPeriod odd{year, {{{0b01, {4, 1}}, {1, 2}}}};
  EXPECT_FALSE(NestedTime(shape, {odd}).table(year, 0b01));
}

// The whole of it: a plan of two levels, drawn often. The mean is the truth, the spread is what is
// stated, for the year and for a quarter before and after the year is known.
TEST(NestedPeriods, AreUnbiasedWithTheVarianceThatIsStated) {
  const std::vector<EffectLevel> levels{{{{0b00}, {0b01}}, 4}, {{{0b00}, {0b01}, {0b11}}, 2}};
  const auto plans = plan_levels(shape, levels, 61'600'000);
  std::vector<Records> of_quarter;
  Records of_year(shape);
  for (std::uint32_t q = 0; q < 4; ++q) {
    Records records(shape);
    for (std::uint32_t i = 0; i < 10 + 5 * q; ++i) {
      records.add({i % 3, i % 2});
      of_year.add({i % 3, i % 2});
    }
    of_quarter.push_back(std::move(records));
  }
  SeededRandom bytes(7);
  UniformFromBytes uniform(bytes);
  const auto drawn = [&](const EffectPlan& plan, const Records& records) {
    std::vector<MeasuredEffect> effects;
    auto measured = measure(plan, records, uniform);
    for (std::size_t e = 0; e < measured.size(); ++e) {
      effects.push_back({plan.effects[e], std::move(measured[e].scaled)});
    }
    return effects;
  };
  struct Seen {
    const Period* period;
    Axes axes;
    double truth;
    double stated = 0;
    double sum = 0;
    double squares = 0;
  };
  std::vector<Seen> seen{{&year, 0b01, static_cast<double>(of_year.count(0b01)[0])},
                         {&year, 0b11, static_cast<double>(of_year.count(0b11)[3])},
                         {&quarters[2], 0b01, static_cast<double>(of_quarter[2].count(0b01)[0])}};
  constexpr int runs = 2000;
  for (int run = 0; run < runs; ++run) {
    std::vector<MeasuredPeriod> measured;
    for (std::size_t q = 0; q < 4; ++q) {
      measured.push_back({quarters[q], drawn(plans[0], of_quarter[q])});
    }
    measured.push_back({year, drawn(plans[1], of_year)});
    const NestedTime time(shape, measured);
    for (Seen& each : seen) {
      const auto table = time.table(*each.period, each.axes);
      const double error = table->cells[each.axes == 0b11 ? 3 : 0] - each.truth;
      each.stated = table->variance;
      each.sum += error;
      each.squares += error * error;
    }
  }
  for (const Seen& each : seen) {
    EXPECT_LT(std::abs(each.sum / runs), 5 * std::sqrt(each.stated / runs));
    EXPECT_NEAR(each.squares / runs / each.stated, 1, 0.15);
  }
  EXPECT_NEAR(seen[0].stated, foresee(plans, levels, 1, 0b01).at_first, 1e-9);
  EXPECT_NEAR(seen[2].stated, foresee(plans, levels, 0, 0b01).in_the_end, 1e-9);
}

}  // namespace
}  // namespace meldpunt::trends::test
