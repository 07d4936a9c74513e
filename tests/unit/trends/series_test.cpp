#include "client/trends/series.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

namespace meldpunt::trends::test {
namespace {

TEST(TheSeries, HaveTheListsOfTheVocabulary) {
  std::ifstream file("config/vocabulary.json");
  const auto published = nlohmann::json::parse(file);
  for (const auto& [series, key] :
       {std::pair(&inflow(), "trend_dimensions"), std::pair(&closures(), "trend_closures")}) {
    auto lists = published.at(key);
    lists.erase("note");
    nlohmann::json ours = nlohmann::json::object();
    for (const Dimension& dimension : series->dimensions) {
      nlohmann::json codes = nlohmann::json::array();
      for (const Code& code : dimension.codes) codes.push_back(code.name);
      ours[std::string(dimension.name)] = codes;
    }
    EXPECT_EQ(ours, lists) << key;
  }
}

// A code of the vocabulary that nobody thought of would be counted nowhere.
TEST(Closures, KnowEveryReasonAndEveryNeedOfTheVocabulary) {
  std::ifstream file("config/vocabulary.json");
  const auto schemes = nlohmann::json::parse(file).at("schemes");
  for (const auto& entry : schemes.at("closing_reason").at("entries")) {
    const std::string code = entry.at("code");
    EXPECT_TRUE(closures().dimensions[0].index_of(code)) << code;
  }
  for (const auto& entry : schemes.at("need").at("entries")) {
    const std::string code = entry.at("code");
    const auto codes = codes_of_closing("DONE", {code}, {});
    ASSERT_TRUE(codes.contains("need")) << code;
    EXPECT_TRUE(closures().dimensions[1].index_of(codes.at("need").front())) << code;
  }
}

TEST(Closures, CountAtMostThreeNeedsOfACaseAndOneMissingPlace) {
  const auto codes = codes_of_closing(
      "LEFT", {"P3.LAWYER", "P1.INCOME", "P1.SHELTER.SPEC", "P1.PSYCH", "P2.PERMIT"},
      {"P1.HOUSING", "P1.SHELTER.SPEC"});
  const CodedCase place = coded(closures(), codes);

  EXPECT_EQ(place[0], (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(place[1], (std::vector<std::uint32_t>{0, 2, 3})) << "shelter, care, income";
  EXPECT_EQ(place[2], (std::vector<std::uint32_t>{1})) << "the specialised shelter";
  EXPECT_EQ(closures().cells_of_a_case({0b001, 0b010, 0b100}), 5U);
  EXPECT_EQ(closures().cells_of_a_case({0b001}), 1U);
}

TEST(Closures, OfACaseWithoutNeedsSayThatNothingWasMissing) {
  const CodedCase place = coded(closures(), codes_of_closing("NOTHT", {}, {}));

  EXPECT_TRUE(place[1].empty());
  EXPECT_EQ(place[2], (std::vector<std::uint32_t>{0}));
}

TEST(ACase, WithoutACodeIsTheDimensionsUnknown) {
  const CodedCase place = coded(inflow(), Codes{{"form", "a code that is in no list"}});
  for (std::size_t i = 0; i < dimension_count; ++i) {
    ASSERT_EQ(place[i].size(), 1U);
    EXPECT_EQ(dimensions()[i].codes[place[i][0]].name, dimensions()[i].unknown);
  }
  EXPECT_EQ(coded(closures(), CodeSets{})[0], (std::vector<std::uint32_t>{8}));
}

TEST(Counting, AddsOneToOneCellOfEachTableForEachCase) {
  const std::vector<CodedCase> cases{coded(inflow(), Codes{{"form", "SEX"}}),
                                     coded(inflow(), Codes{{"form", "LAB"}}),
                                     coded(inflow(), Codes{{"form", "LAB"}, {"age", "MINOR"}})};
  const Counts counts = count_one_way(inflow(), cases);

  EXPECT_EQ(counts[0], (std::vector<std::int64_t>{1, 2, 0, 0, 0}));
  EXPECT_EQ(counts[1], (std::vector<std::int64_t>{1, 0, 2}));
  for (const auto& table : counts) {
    EXPECT_EQ(std::accumulate(table.begin(), table.end(), std::int64_t{0}), 3);
  }
  EXPECT_EQ(records_of(inflow(), cases).count(1), counts[0]);
  EXPECT_THROW((void)records_of(closures(), {}), std::logic_error);
}

TEST(TheSeries, AreFoundByNameAndByNumber) {
  EXPECT_EQ(find_series("inflow"), &inflow());
  EXPECT_EQ(find_series(crypto::Series::closures), &closures());
  EXPECT_EQ(find_series("weather"), nullptr);
  EXPECT_EQ(find_series(crypto::Series::none), nullptr);
}

}  // namespace
}  // namespace meldpunt::trends::test
