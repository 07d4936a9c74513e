#include "client/trends/one_way_geometric.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "client/trends/json_stat.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

class AMonthOfCases : public testing::Test {
 protected:
  Figures draw(std::uint64_t seed) const {
    SeededRandom bytes(seed);
    UniformFromBytes uniform(bytes);
    return mechanism_.draw(plan_, cases_, uniform);
  }

  const OneWayGeometric mechanism_;
  const Plan plan_ = mechanism_.plan(Budget().inflow());
  const std::vector<CodedCase> cases_{40, coded({{"form", "LAB"}, {"gender", "M"}})};
};

TEST_F(AMonthOfCases, IsPlannedWithoutLookingAtIt) {
  ASSERT_EQ(plan_.tables.size(), dimension_count);
  EXPECT_EQ(plan_.pure, 992'000'000U);
  EXPECT_EQ(plan_.rho, 61'504'000U);
  EXPECT_EQ(plan_.epsilon_at_delta, plan_.pure) << "pure epsilon holds at every delta";
  EXPECT_EQ(plan_.tables.front().half_width, 24);
}

TEST_F(AMonthOfCases, IsCoveredByItsIntervalsAsOftenAsTheySay) {
  int covered = 0;
  int cells = 0;
  std::int64_t errors = 0;
  const Counts truth = count_one_way(cases_);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Figures figures = draw(seed);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      for (std::size_t j = 0; j < figures[i].cells.size(); ++j, ++cells) {
        const Cell& cell = figures[i].cells[j];
        covered += cell.lower <= truth[i][j] && truth[i][j] <= cell.upper ? 1 : 0;
        errors += cell.estimate - truth[i][j];
      }
    }
  }
  const double share = static_cast<double>(covered) / cells;
  EXPECT_GT(share, 0.945);
  EXPECT_LT(share, 0.97);
  EXPECT_NEAR(static_cast<double>(errors) / cells, 0, 0.25) << "unbiased";
}

TEST_F(AMonthOfCases, HasOtherNoiseEachTimeItIsDrawn) {
  EXPECT_NE(draw(1)[0].cells, draw(2)[0].cells);
}

// Pure ε, checked on the law itself: for two neighbouring tables of three cells and every output of
// a box around them, the ratio of the chances.
TEST(NeighbouringCases, ChangeTheChanceOfNoOutcomeByMoreThanEpsilonAllows) {
  const Ratio epsilon{1, 2};
  const double e = 0.5;
  const auto chance = [&](std::int64_t noise) {
    return (1 - std::exp(-e)) / (1 + std::exp(-e)) *
           std::exp(-e * static_cast<double>(std::abs(noise)));
  };
  const std::vector<std::vector<std::int64_t>> tables{{2, 0, 1}, {1, 0, 1}};  // one case less
  double worst = 0;
  for (std::int64_t a = -9; a <= 9; ++a) {
    for (std::int64_t b = -9; b <= 9; ++b) {
      for (std::int64_t c = -9; c <= 9; ++c) {
        const auto likelihood = [&](const std::vector<std::int64_t>& counts) {
          return chance(a - counts[0]) * chance(b - counts[1]) * chance(c - counts[2]);
        };
        worst = std::max(worst, std::abs(std::log(likelihood(tables[0]) / likelihood(tables[1]))));
      }
    }
  }
  EXPECT_LE(worst, e + 1e-9);
  EXPECT_NEAR(worst, e, 1e-9) << "the bound is reached: the cost is not overstated either";
  EXPECT_EQ(rho_of(1, epsilon), 125'000'000U);
}

TEST_F(AMonthOfCases, IsPublishedAsJsonStatWithItsNotes) {
  const auto period = *read_period("2026-11");
  const std::string text = json_stat(draw(1), plan_, {"IJsselland", 7, period});
  const auto document = nlohmann::json::parse(text);

  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(document.at("version"), "2.0");
  EXPECT_EQ(document.at("class"), "collection");
  EXPECT_EQ(document.at("extension").at("rho"), "0.061504");
  EXPECT_EQ(document.at("extension").at("epsilon_pure"), "0.992");
  EXPECT_EQ(document.at("extension").at("delta"), "0.000001");
  EXPECT_EQ(document.at("extension").at("period"), "2026-11");
  EXPECT_EQ(document.at("extension").at("sequence"), 7);
  EXPECT_EQ(document.at("note").size(), 3U);
  const auto& items = document.at("link").at("item");
  ASSERT_EQ(items.size(), dimension_count);
  for (const auto& item : items) {
    std::size_t size = 1;
    for (const auto& side : item.at("size")) size *= side.get<std::size_t>();
    EXPECT_EQ(item.at("value").size(), size);
  }
}

TEST_F(AMonthOfCases, MarksCellsThatAreTooUncertainToRead) {
  EXPECT_TRUE((Cell{10, -10, 30}).uncertain());
  EXPECT_TRUE((Cell{-10, -30, 10}).uncertain());
  EXPECT_FALSE((Cell{100, 80, 120}).uncertain());
}

}  // namespace
}  // namespace meldpunt::trends::test
