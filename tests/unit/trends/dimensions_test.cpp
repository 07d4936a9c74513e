#include "client/trends/dimensions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace meldpunt::trends::test {
namespace {

nlohmann::json vocabulary() {
  std::ifstream file("config/vocabulary.json");
  return nlohmann::json::parse(file);
}

TEST(TheDimensions, AreThoseOfTheVocabulary) {
  const auto published = vocabulary();
  EXPECT_EQ(published.at("meta").at("version"), code_lists_version);
  auto lists = published.at("trend_dimensions");
  lists.erase("note");

  nlohmann::json ours = nlohmann::json::object();
  for (const Dimension& dimension : dimensions()) {
    nlohmann::json codes = nlohmann::json::array();
    for (const Code& code : dimension.codes) codes.push_back(code.name);
    ours[std::string(dimension.name)] = codes;
    EXPECT_TRUE(dimension.index_of(dimension.unknown)) << dimension.name;
  }

  EXPECT_EQ(ours, lists);
}

TEST(Answers, AreMappedWhereTheVocabularySaysSomething) {
  const Codes codes = codes_of_answers({{"exploitation_form", {"LAB.UNPAID", "LAB.HOURS"}},
                                        {"age_class", {"ADULT"}},
                                        {"gender", {"X"}},
                                        {"nationality", {"RO"}},
                                        {"reporter", {"POLICE.PCT"}},
                                        {"municipality_found", {"GM0166"}},
                                        {"needs", {"P1.INCOME", "P1.SHELTER.SPEC"}}});
  const Codes expected{{"form", "LAB"},
                       {"age", "ADULT"},
                       {"gender", "TX"},
                       {"nationality_group", "EU"},
                       {"reporter_group", "SAFETY"},
                       {"subregion", "REST"},
                       {"shelter_asked", "Y"}};

  EXPECT_EQ(codes, expected);
}

TEST(Answers, OfAFormThatTheListsDoNotHaveAreOther) {
  EXPECT_EQ(codes_of_answers({{"exploitation_form", {"ORG"}}}).at("form"), "OTH");
  EXPECT_EQ(codes_of_answers({{"nationality", {"NG"}}}).at("nationality_group"), "NEU");
  EXPECT_EQ(codes_of_answers({{"municipality_found", {"GM0363"}}}).at("subregion"), "OUT");
  EXPECT_EQ(codes_of_answers({{"needs", {"P1.INCOME"}}}).at("shelter_asked"), "N");
}

TEST(Answers, ThatSayNothingLeaveEveryDimensionUnknown) {
  EXPECT_TRUE(codes_of_answers({{"urgency", {"HIGH"}}}).empty());
}

}  // namespace
}  // namespace meldpunt::trends::test
