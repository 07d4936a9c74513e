#include <gtest/gtest.h>

#include <algorithm>

#include "client/lib/linking.h"
#include "client/lib/recording.h"
#include "client/lib/routing.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class Proposals : public TwoDesks {
 protected:
  Proposals() : TwoDesks(0) {}

  std::unique_ptr<Seat> with(std::uint8_t number, std::vector<crypto::Answer> answers,
                             const std::string& text) {
    auto report = office_.report(static_cast<std::uint8_t>(number * 0x10), number);
    report.body = crypto::Statement{"nl", std::move(answers), text, {}};
    office_.send(report);
    must(office_.seat("steward")->duty.take_in());
    return must(synced("steward"));
  }
};

bool proposes(const Facts& facts, const std::string& rule, const std::string& to) {
  return std::ranges::any_of(routes_for(facts), [&](const RouteProposal& route) {
    return route.rule == rule && std::ranges::find(route.to, to) != route.to.end();
  });
}

TEST(Routing, FollowsTheNotes) {
  EXPECT_TRUE(proposes({{"age_class", {"MINOR"}}}, "R01", "YOUTH"));
  EXPECT_FALSE(proposes({{"age_class", {"ADULT"}}}, "R01", "YOUTH"));
  EXPECT_TRUE(proposes({{"exploitation_form", {"LAB.UNPAID"}}, {"legal_demarcation", {"SR273F"}}},
                       "R05", "ISZW"));
  EXPECT_FALSE(proposes({{"exploitation_form", {"LAB.UNPAID"}}}, "R05", "ISZW"))
      << "both conditions have to hold";
  EXPECT_TRUE(proposes({}, "R09", "MUN:found_in")) << "registered nowhere";
  EXPECT_TRUE(proposes({{"registered_in", {"GM0193"}}}, "R08", "MUN:registered_in"));
  EXPECT_FALSE(proposes({{"topic", {}}}, "R23", "RIEC")) << "nobody codes a topic";
}

TEST(Routing, SaysOnWhatItRests) {
  for (const RouteProposal& route : routes_for({{"age_class", {"MINOR"}},
                                                {"need", {"P1.SHELTER"}},
                                                {"urgency", {"ACUTE"}},
                                                {"modus", {"LOVERBOY"}}})) {
    SCOPED_TRACE(route.rule);
    EXPECT_FALSE(route.sources.empty());
    EXPECT_FALSE(route.basis.empty() && route.warning.empty());
    EXPECT_FALSE(route.to.empty() && route.away.empty());
  }
}

TEST(Linking, FindsNumbersHoweverTheyAreWritten) {
  EXPECT_EQ(numbers_in("bel 06-12 34 56 78"), numbers_in("+31 6 12345678"));
  EXPECT_EQ(numbers_in("0031612345678"), numbers_in("06.12.34.56.78"));
  EXPECT_EQ(numbers_in("wit busje, XX-123-Y, gisteren"), std::vector<std::string>{"XX123Y"});
  EXPECT_TRUE(numbers_in("kamer 214, 3 vrouwen, 12-10-2026 om 9:30").empty());
  EXPECT_TRUE(numbers_in("op 2026-10-12 en op 1/2/2026").empty()) << "a day names nobody";
  EXPECT_EQ(numbers_in("op 12-10-2026 0612345678"), numbers_in("0612345678"));
  EXPECT_TRUE(numbers_in("kamer 214 en 215").empty());
}

TEST_F(Proposals, TwoCasesWithOneNumberAreProposedAndNotMerged) {
  with(1, {}, "Hij belt met 0612345678");
  with(2, {}, "Zij werd gebeld door +31 6 1234 5678");
  const auto steward = with(3, {}, "Iets anders");

  const auto links = links_of(*steward->casework, case_of(*steward, 1));

  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links.front().other, case_of(*steward, 2));
  EXPECT_EQ(links.front().reason, LinkReason::same_number);
  EXPECT_TRUE(steward->casework->files().groups().stands_alone(case_of(*steward, 2)));
  must(merge_cases(*steward->casework, case_of(*steward, 2), case_of(*steward, 1), "one man"));
  EXPECT_TRUE(links_of(*steward->casework, case_of(*steward, 1)).empty()) << "one case by now";
}

TEST_F(Proposals, OnePlaceAndSectorInOneMonthMayBeOneMatter) {
  const std::vector<crypto::Answer> answers{{"municipality_found", {"GM0166"}},
                                            {"sector", {"AGR"}}};
  with(1, answers, "een");
  with(2, answers, "twee");
  const auto steward = with(3, {{"municipality_found", {"GM0166"}}}, "drie");
  const auto links = links_of(*steward->casework, case_of(*steward, 1));
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links.front().what, "GM0166 AGR");
}

TEST_F(Proposals, FactsComeFromReportsFileAndMembers) {
  with(1, {{"municipality_registered", {"GM0193"}}, {"needs", {"P3.LAWYER"}}}, "een");
  const auto steward = with(2, {{"sector", {"AGR"}}}, "twee");
  Casework& casework = *steward->casework;
  const auto head = case_of(*steward, 1);
  must(merge_cases(casework, case_of(*steward, 2), head, "samen"));
  must(write_record(casework, head,
                    new_item("place", {{"role", "STAYS"}, {"municipality", "OUT"}})));

  const Facts facts = facts_of(casework, head);

  EXPECT_TRUE(has_fact(facts, "registered_in", "GM0193"));
  EXPECT_TRUE(has_fact(facts, "need", "P3"));
  EXPECT_FALSE(has_fact(facts, "need", "P3.LAW"));
  EXPECT_TRUE(has_fact(facts, "sector", "AGR"));
  EXPECT_TRUE(proposes(facts, "R24", "COORD.OTHER"));
}

TEST_F(Proposals, SearchFindsEveryTextWhateverItsCaseAndAccents) {
  const auto steward = with(1, {}, "Mijn broer bérgt de PASPOORTEN op in Wezep. Đà Nẵng, Łódź");
  const auto subject = case_of(*steward, 1);
  must(steward->casework->note(subject, "teruggebeld, wil praten"));
  must(write_record(*steward->casework, subject, new_item("task", {{"text", "Advocaat bellen"}})));

  const auto hits = [&](const std::string& query) {
    return steward->casework->texts().find(query, 10).size();
  };
  EXPECT_EQ(hits("paspoorten bergt"), 1U);
  EXPECT_EQ(hits("nang"), 1U);
  EXPECT_EQ(hits("lodz"), 0U) << "a stroke is no accent";
  EXPECT_EQ(hits("TERUGGEBELD"), 1U);
  EXPECT_EQ(hits("advocaat"), 1U);
  EXPECT_EQ(hits("advocaat paspoorten"), 0U) << "not in one text";
  EXPECT_EQ(hits("  "), 0U);
  EXPECT_NE(steward->casework->texts().find("wezep", 10).front().excerpt.find("Wezep"),
            std::string::npos);
}

}  // namespace
}  // namespace meldpunt::client::test
