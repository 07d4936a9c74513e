#include "client/trends/publication.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "tests/unit/trends/a_year_of_cases.h"

namespace meldpunt::trends::test {
namespace {

const Table& table_of(const Publication& publication, const Period& period, Axes axes) {
  const auto found = std::ranges::find_if(publication.tables, [&](const Table& table) {
    return table.period == period && table.axes == axes;
  });
  return *found;
}

std::vector<std::int64_t> truth_of(const std::vector<CodedCase>& cases, Axes axes) {
  return records_of(inflow(), cases).count(axes);
}

// Every interval of every table of a year, over many years: as often as they say.
TEST(AYearOfReleases, IsCoveredByItsIntervalsAsOftenAsTheySay) {
  const AYearOfCases cases;
  const Plan plan = plan_of(inflow(), usual_schedule);
  int covered = 0;
  int cells = 0;
  double errors = 0;
  const auto count = [&](const Publication& publication, const std::vector<CodedCase>& counted,
                         const Period& period) {
    for (const Table& table : publication.tables) {
      if (table.period != period) continue;
      const auto truth = truth_of(counted, table.axes);
      for (std::size_t i = 0; i < truth.size(); ++i, ++cells) {
        const auto real = static_cast<double>(truth[i]);
        covered += table.cells[i].lower <= real && real <= table.cells[i].upper ? 1 : 0;
        errors += table.cells[i].estimate - real;
      }
    }
  };
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const auto releases = cases.releases(plan, seed);
    count(releases[0], cases.quarter(0), releases[0].period);
    count(releases[4], cases.all(), releases[4].period);
    count(releases[4], cases.quarter(2), releases[2].period);
  }
  const double share = static_cast<double>(covered) / cells;
  EXPECT_GT(share, 0.945);
  EXPECT_LT(share, 0.955);
  EXPECT_NEAR(errors / cells, 0, 0.25) << "unbiased";
}

TEST(AYearOfReleases, MakesItsQuartersFinalAndMoreExact) {
  const AYearOfCases cases;
  const auto releases = cases.releases(plan_of(inflow(), usual_schedule), 1);
  const Period first = releases[0].period;
  const Table& before = table_of(releases[0], first, 0b1);
  const Table& after = table_of(releases[4], first, 0b1);

  EXPECT_FALSE(before.final);
  EXPECT_TRUE(after.final);
  EXPECT_LT(after.variance, before.variance);
  EXPECT_TRUE(table_of(releases[4], releases[4].period, 0b11).final);
  EXPECT_EQ(releases[4].tables.size(), 37U + 4 * 9);
}

TEST(AYearOfReleases, AddsUpOverTablesAndOverTime) {
  const AYearOfCases cases;
  const auto releases = cases.releases(plan_of(inflow(), usual_schedule), 2);
  const Publication& year = releases[4];
  const Table& pair = table_of(year, year.period, 0b11);
  const Table& form = table_of(year, year.period, 0b01);
  for (std::size_t f = 0; f < form.cells.size(); ++f) {
    double of_pair = 0;
    for (std::size_t a = 0; a < 3; ++a) of_pair += pair.cells[f * 3 + a].estimate;
    EXPECT_NEAR(of_pair, form.cells[f].estimate, 0.05) << "told in hundredths";
    double of_quarters = 0;
    for (std::size_t q = 0; q < 4; ++q) {
      of_quarters += table_of(year, releases[q].period, 0b01).cells[f].estimate;
    }
    EXPECT_NEAR(of_quarters, form.cells[f].estimate, 0.05);
  }
}

TEST(ARelease, OfNoiseOnCellsIsCoveredToo) {
  const AYearOfCases cases;
  for (const Noise noise : {Noise::laplace, Noise::gaussian}) {
    const Plan plan = make_plan(inflow(), *find_schedule(inflow(), "quarter"), {}, noise);
    const Counts truth = count_one_way(inflow(), cases.quarter(1));
    SeededRandom bytes(3);
    UniformFromBytes uniform(bytes);
    int covered = 0;
    int cells = 0;
    for (int run = 0; run < 800; ++run) {
      const auto made =
          publish(plan, {"IJsselland", 1, *read_period("2026-Q2")}, cases.quarter(1), {}, uniform);
      ASSERT_EQ(made.tables.size(), 1 + dimension_count);
      EXPECT_TRUE(made.measured.empty());
      for (std::size_t t = 0; t < dimension_count; ++t) {
        const Table& table = made.tables[t + 1];
        EXPECT_TRUE(table.final);
        double sum = 0;
        for (const Cell& each : table.cells) sum += each.estimate;
        EXPECT_NEAR(sum, made.tables[0].cells[0].estimate, 0.05) << "totals agree";
        for (std::size_t i = 0; i < truth[t].size(); ++i, ++cells) {
          const Cell& cell = table.cells[i];
          const auto real = static_cast<double>(truth[t][i]);
          covered += cell.lower <= real && real <= cell.upper ? 1 : 0;
        }
      }
    }
    const double share = static_cast<double>(covered) / cells;
    EXPECT_GT(share, 0.945) << name_of(noise);
    EXPECT_LT(share, 0.97) << name_of(noise);
  }
}

TEST(ARelease, OfClosuresCountsEachOfACasesNeeds) {
  std::vector<CodedCase> cases(
      2000, coded(closures(), codes_of_closing("DONE", {"P1.SHELTER", "P2"}, {"P1.SHELTER"})));
  const Plan plan = plan_of(closures(), "quarter");
  SeededRandom bytes(4);
  UniformFromBytes uniform(bytes);
  const auto made = publish(plan, {"IJsselland", 1, *read_period("2026-Q2")}, cases, {}, uniform);

  EXPECT_NEAR(made.tables[1].cells[0].estimate, 2000, 100);
  EXPECT_NEAR(made.tables[1].cells[6].estimate, 2000, 100);
  EXPECT_NEAR(made.tables[2].cells[2].estimate, 2000, 100);
  EXPECT_NEAR(made.tables[2].cells[0].estimate, 0, 100);
}

TEST(ARelease, IsRefusedForAPeriodThatIsNotToBeDrawn) {
  const AYearOfCases cases;
  const Plan plan = plan_of(inflow(), usual_schedule);
  SeededRandom bytes(5);
  UniformFromBytes uniform(bytes);
  const auto draw = [&](const char* period, const std::vector<MeasuredPeriod>& earlier) {
    (void)publish(plan, {"IJsselland", 1, *read_period(period)}, cases.quarter(0), earlier,
                  uniform);
  };

  EXPECT_THROW(draw("2026-01", {}), std::logic_error) << "not of this schedule";
  EXPECT_THROW(draw("2026-Q1", {{*read_period("2026-Q1"), {}}}), std::logic_error) << "twice";
  EXPECT_NO_THROW(draw("2026-Q1", {}));
}

TEST(ACell, WhoseIntervalIsWiderThanItsValueIsTooUncertainToRead) {
  EXPECT_TRUE((Cell{10, -10, 30}).uncertain());
  EXPECT_TRUE((Cell{-10, -30, 10}).uncertain());
  EXPECT_FALSE((Cell{100, 80, 120}).uncertain());
}

TEST(ACell, IsToldInHundredthsThatNeverShrinkItsInterval) {
  const Cell cell = cell_of(1.23456, 0.5);
  EXPECT_DOUBLE_EQ(cell.estimate, 1.23);
  EXPECT_DOUBLE_EQ(cell.lower, 0.73);
  EXPECT_DOUBLE_EQ(cell.upper, 1.74);
}

// ---- attacks

// Whoever subtracts the quarters from their year learns nothing that was not paid for: what comes
// out is a function of the published effects, and each effect was charged where it was drawn.
TEST(Differencing, YieldsNothingBeyondThePublishedEffects) {
  const AYearOfCases cases;
  const Plan plan = plan_of(inflow(), usual_schedule);
  const auto releases = cases.releases(plan, 6);
  Billionths paid = 0;
  std::set<std::pair<Axes, Cadence>> drawn;
  for (const std::size_t r : {0U, 4U}) {  // a case of the first quarter is in these two
    for (const MeasuredEffect& each : releases[r].measured) {
      EXPECT_TRUE(drawn.emplace(each.effect.axes, *cadence_of(releases[r].period)).second)
          << "measured once at each cadence";
      paid += cost_of(plan.series->shape(), each.effect);
    }
  }
  EXPECT_EQ(paid, plan.charge().rho);
  EXPECT_LE(paid, Budget().share_of(inflow(), Budget().life));
  // Every table follows from the effects alone.
  std::vector<MeasuredPeriod> published;
  for (const Publication& each : releases) published.push_back({each.period, each.measured});
  const NestedTime time(inflow().shape(), published);
  for (const Table& table : releases[4].tables) {
    const auto again = time.table(table.period, table.axes);
    ASSERT_TRUE(again);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      EXPECT_NEAR(again->cells[i], table.cells[i].estimate, 0.0051);
    }
  }
}

// One category only, every case the same, no case at all: what is published has the same shape, and
// no cell is left out, so that its form says nothing of the cases.
TEST(ExtremeCases, ArePublishedInTheSameForm) {
  const Plan plan = plan_of(inflow(), usual_schedule);
  const std::vector<CodedCase> none;
  const std::vector<CodedCase> same(500, coded(inflow(), Codes{{"form", "CRIM"}}));
  const auto form_of = [&](const std::vector<CodedCase>& cases) {
    SeededRandom bytes(8);
    UniformFromBytes uniform(bytes);
    const auto made = publish(plan, {"IJsselland", 1, *read_period("2026-Q1")}, cases, {}, uniform);
    std::vector<std::tuple<Axes, std::size_t, double, bool>> form;
    for (const Table& table : made.tables) {
      form.emplace_back(table.axes, table.cells.size(), table.variance, table.final);
    }
    return form;
  };

  EXPECT_EQ(form_of(none), form_of(same));
  EXPECT_EQ(form_of(none).size(), 9U);
}

}  // namespace
}  // namespace meldpunt::trends::test
