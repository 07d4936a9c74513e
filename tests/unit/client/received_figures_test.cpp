// Figures of several regions: the newest word on each table, sums with their variances, and what is
// handed on.
#include "client/lib/received_figures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "client/trends/csv.h"
#include "tests/support/receiving_end.h"

namespace meldpunt::client::test {
namespace {

RegionFigures region(const std::string& name, const std::vector<std::string>& periods) {
  RegionFigures figures;
  figures.pin.name = name;
  std::uint32_t sequence = 0;
  for (const std::string& period : periods) {
    figures.releases.push_back(published(name, ++sequence, period));
  }
  return figures;
}

const trends::Table& table_of(const trends::Publication& publication, const std::string& period) {
  for (const trends::Table& table : publication.tables) {
    if (trends::name_of(table.period) == period) return table;
  }
  throw std::runtime_error("no table of " + period);
}

TEST(TheFigures, OfAllRegionsAddUpWithTheirVariances) {
  const std::vector<RegionFigures> regions{region("A", {"2024-Q1", "2024-Q2"}),
                                           region("B", {"2024-Q1"})};
  const auto all = publications_of(regions, trends::inflow());

  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.back().region, all_regions);
  const auto& sum = table_of(all[2], "2024-Q1");
  const auto& a = table_of(all[0], "2024-Q1");
  const auto& b = table_of(all[1], "2024-Q1");
  EXPECT_DOUBLE_EQ(sum.variance, a.variance + b.variance);
  for (std::size_t i = 0; i < sum.cells.size(); ++i) {
    EXPECT_NEAR(sum.cells[i].estimate, a.cells[i].estimate + b.cells[i].estimate, 0.011);
  }
  EXPECT_EQ(table_of(all[2], "2024-Q2"), table_of(all[0], "2024-Q2")) << "of A alone";
}

TEST(TheFigures, OfAllRegionsSayWhoseTheyAreAndTheLargestCharge) {
  const auto all = publications_of({region("A", {"2024-Q1", "2024-Q2"}), region("B", {"2024-Q1"})},
                                   trends::inflow());
  const auto& sum = all.back();
  EXPECT_NE(sum.method.find("the figures of A, B:"), std::string::npos) << sum.method;
  EXPECT_NE(sum.method.find("2024-Q2: of A only."), std::string::npos) << sum.method;
  EXPECT_EQ(sum.charge.epsilon(), std::max(all[0].whole.epsilon(), all[1].whole.epsilon()));
}

// Whoever reads what is handed on reads it as a release is read.
TEST(TheFigures, AreHandedOnInFormsThatAreReadAgain) {
  const auto all = publications_of({region("A", {"2024-Q4", "2025-Q1"}), region("B", {"2025-Q1"})},
                                   trends::inflow());
  ASSERT_EQ(all.size(), 5U) << "two years: of A and all, of A, B and all";
  for (const trends::Publication& each : all) {
    SCOPED_TRACE(file_stem_of(each));
    const auto read = trends::read_json_stat(trends::json_stat(each));
    ASSERT_TRUE(read.publication) << read.reason;
    EXPECT_EQ(read.publication->tables, each.tables);
    EXPECT_EQ(read.publication->region, each.region);
    EXPECT_FALSE(trends::sdmx_csv(each).empty());
  }
  EXPECT_EQ(file_stem_of(all.back()), "inflow-2025-all-regions");
}

TEST(TheFigures, OfASeriesThatNobodyReleasedAreNone) {
  const std::vector<RegionFigures> regions{region("A", {"2024-Q1"}), region("B", {})};
  EXPECT_TRUE(publications_of(regions, trends::closures()).empty());
  EXPECT_TRUE(figures_of(regions, trends::closures()).regions.empty());
  const auto figures = figures_of(regions, trends::inflow());
  ASSERT_EQ(figures.regions.size(), 2U) << "A, and all of them";
  EXPECT_EQ(figures.regions.back().region, "");
  EXPECT_EQ(figures.regions.back().tables.front().regions, std::vector<std::string>{"A"});
}

TEST(TheFigures, OfARegionAreCalledByItsPinAndNotByItself) {
  const FakeClock clock{std::chrono::hours(crypto::test::this_hour)};
  ReceivingEnd far(clock);
  (void)far.take(release_of(published("Somebody else", 1, "2024-Q1")));
  (void)far.take(release_of(published("Somebody else", 1, "2024-Q1")), far.there);
  const auto read = must(read_figures(far.store(), far.path()));
  ASSERT_EQ(read.size(), 2U);
  ASSERT_EQ(read.front().releases.size(), 1U);
  EXPECT_EQ(read.front().releases.front().region, "IJsselland");
  EXPECT_EQ(publications_of(read, trends::inflow()).size(), 3U);
}

}  // namespace
}  // namespace meldpunt::client::test
