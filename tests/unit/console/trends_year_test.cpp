// The sheet of a year is what was released, added up: nothing else.
#include "client/console/trends_year.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace meldpunt::console::test {
namespace {

using nlohmann::json;

class SheetOfAYear : public testing::Test {
 protected:
  static constexpr double variance = 25;

  static trends::Table table(trends::Axes axes, const trends::Period& period,
                             const std::vector<double>& estimates, bool final = true) {
    trends::Table made{axes, period, final, variance, {}};
    for (const double each : estimates) {
      made.cells.push_back(trends::cell_of(each, trends::half_width_95(variance)));
    }
    return made;
  }
  void release(const trends::Period& period, std::vector<trends::Table> tables,
               const trends::Counted& series = trends::inflow()) {
    trends::Publication made;
    made.region = "A region";
    made.sequence = static_cast<std::uint32_t>(releases_.size() + 1);
    made.series = &series;
    made.period = period;
    made.tables = std::move(tables);
    releases_.push_back(std::move(made));
  }
  static trends::Period period(const char* name) { return *trends::read_period(name); }
  static trends::Axes axis(const char* name) {
    return trends::Axes{1} << *trends::inflow().index_of(name);
  }
  [[nodiscard]] json sheet() const { return sheet_of_year(releases_, period("2026")); }

  std::vector<trends::Publication> releases_;
};

TEST_F(SheetOfAYear, WithoutAReleaseItIsEmpty) { EXPECT_TRUE(sheet()["series"].empty()); }

TEST_F(SheetOfAYear, QuartersAddUpWithTheirVariancesAndWhatIsMissingIsSaid) {
  release(period("2026-Q1"), {table(0, period("2026-Q1"), {100}),
                              table(axis("age"), period("2026-Q1"), {10, 80, 10}, false)});
  release(period("2026-Q2"), {table(0, period("2026-Q2"), {60}),
                              table(axis("age"), period("2026-Q2"), {-2, 50, 12}, false)});
  const json series = sheet()["series"][0];

  EXPECT_EQ(series["periods"], json::array({"2026-Q1", "2026-Q2"}));
  EXPECT_EQ(series["missing"], json::array({"2026-Q3", "2026-Q4"}));
  EXPECT_EQ(series["total"]["estimate"], 160);
  const double half = trends::half_width_95(2 * variance);
  EXPECT_NEAR(series["total"]["upper"].get<double>(), 160 + half, 0.011);
  EXPECT_EQ(series["final"], false);
  const json minors = series["tables"][0]["cells"][0];
  EXPECT_EQ(minors["code"], "MINOR");
  EXPECT_EQ(minors["estimate"], 8);
  EXPECT_EQ(minors["uncertain"], true);
}

TEST_F(SheetOfAYear, AYearThatWasReleasedStandsAloneAndItsQuartersAreNotAddedAgain) {
  release(period("2026-Q1"), {table(0, period("2026-Q1"), {100}, false)});
  release(period("2026"), {table(0, period("2026"), {390}), table(0, period("2026-Q1"), {97})});
  const json series = sheet()["series"][0];

  EXPECT_EQ(series["periods"], json::array({"2026"}));
  EXPECT_EQ(series["missing"], json::array());
  EXPECT_EQ(series["total"]["estimate"], 390);
  EXPECT_EQ(series["final"], true);
}

TEST_F(SheetOfAYear, WithoutATableOfTheTotalListsAreWeighedByHowExactTheyAre) {
  const trends::Period q1 = period("2026-Q1");
  release(q1,
          {table(axis("age"), q1, {10, 80, 10}), table(axis("form"), q1, {20, 20, 20, 20, 36})});
  const json total = sheet()["series"][0]["total"];

  // 100 with the variance 3 v, and 116 with 5 v.
  EXPECT_NEAR(total["estimate"].get<double>(), 106, 0.01);
  const double half = trends::half_width_95(variance * 15 / 8);
  EXPECT_NEAR(total["upper"].get<double>() - total["estimate"].get<double>(), half, 0.02);
}

TEST_F(SheetOfAYear, TheTotalOfClosuresIsOfListsOfWhichACaseHasOneCode) {
  const trends::Period q1 = period("2026-Q1");
  const auto place = [](const char* name) {
    return trends::Axes{1} << *trends::closures().index_of(name);
  };
  release(q1,
          {table(place("closing"), q1, std::vector<double>(9, 5)),
           table(place("need"), q1, std::vector<double>(9, 50)),
           table(place("no_place"), q1, std::vector<double>(6, 7.5))},
          trends::closures());
  const json series = sheet()["series"][0];

  EXPECT_EQ(series["series"], "closures");
  EXPECT_EQ(series["total"]["estimate"], 45);
  EXPECT_EQ(series["tables"].size(), 3U);
}

TEST_F(SheetOfAYear, OtherYearsAreNotInIt) {
  release(period("2025"), {table(0, period("2025"), {390})});
  EXPECT_TRUE(sheet()["series"].empty());
}

}  // namespace
}  // namespace meldpunt::console::test
