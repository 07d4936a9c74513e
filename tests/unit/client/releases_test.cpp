#include "client/lib/releases.h"

#include "tests/unit/client/a_release.h"

namespace meldpunt::client::test {
namespace {

TEST_F(TheTrends, ACaseIsCodedFromItsAnswersUntilACoordinatorSaysOtherwise) {
  const auto there = desk();
  const auto queue = there->seat->casework->index().queue();
  const crypto::CaseId subject = queue.front()->id;
  EXPECT_EQ(queue.front()->coding.codes().at("form"), "LAB");

  EXPECT_FALSE(must(there->releases.code(subject, {{{"form", "SEX"}}, std::nullopt})));
  EXPECT_FALSE(must(there->releases.code(subject, {{{"status", "CONFIRMED"}}, std::nullopt})));

  const auto other = desk("deputy");
  const auto coding = other->seat->casework->index().find(subject)->coding;
  ASSERT_TRUE(coding.newest);
  EXPECT_EQ(coding.codes().at("form"), "SEX");
  EXPECT_EQ(coding.codes().at("age"), "ADULT") << "what was not changed stays";
  EXPECT_EQ(coding.codes().at("status"), "CONFIRMED");
  EXPECT_EQ(coding.codes().at("gender"), "U");
}

TEST_F(TheTrends, ACodeThatTheListsDoNotHaveIsRefusedWithThoseTheyHave) {
  const auto there = desk();
  const crypto::CaseId subject = there->seat->casework->index().queue().front()->id;

  const auto code = there->releases.code(subject, {{{"form", "ZZZ"}}, std::nullopt});
  const auto dimension = there->releases.code(subject, {{{"colour", "RED"}}, std::nullopt});

  ASSERT_FALSE(code);
  EXPECT_NE(code.error().sentence.find("SEX LAB CRIM"), std::string::npos);
  ASSERT_FALSE(dimension);
  EXPECT_NE(dimension.error().sentence.find("subregion"), std::string::npos);
}

TEST_F(TheTrends, APeriodIsNotReleasedBeforeItIsOver) {
  const auto early = desk()->release(wish());

  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().exit_code, EX_TEMPFAIL);
  EXPECT_NE(early.error().sentence.find("2024-11-01"), std::string::npos);
}

TEST_F(TheTrends, ADryRunWritesNothingAndCountsWhoRefusedStatisticsNowhere) {
  november();
  const auto there = desk();
  const crypto::CaseId subject = there->seat->casework->index().queue().front()->id;
  must(there->releases.code(subject, {{}, true}));
  const auto before = there->seat->casework->journal().size();

  const auto preview = must(there->releases.preview(wish(), trends::OneWayGeometric()));

  EXPECT_EQ(there->seat->casework->journal().size(), before);
  EXPECT_EQ(preview.cases, 2U);
  EXPECT_EQ(preview.left_out, 1U);
  EXPECT_EQ(preview.not_coded, 2U);
  EXPECT_EQ(trends::decimal(preview.remaining), "0.026496");
  const auto released = must(there->release(wish()));
  EXPECT_EQ(released.counted, 2U);
  EXPECT_FALSE(there->seat->casework->releases().counted(crypto::Series::inflow, subject));
}

TEST_F(TheTrends, APeriodIsDrawnOnceWhoeverAsksAndHoweverOften) {
  november();
  const auto first = must(desk()->release(wish()));
  const auto again = must(desk()->release(wish()));
  const auto other = must(desk("deputy")->release(wish()));

  EXPECT_EQ(first.bytes, again.bytes);
  EXPECT_EQ(first.bytes, other.bytes);
  EXPECT_EQ(first.head.sequence, 1U);
  EXPECT_EQ(trends::decimal(first.rho), "0.061504");
}

TEST_F(TheTrends, DaysThatWereReleasedAreNotReleasedInAnotherPeriod) {
  november();
  must(desk()->release(wish()));
  office_.clock.pass(std::chrono::hours(1));
  const auto quarter = desk()->releases.preview({{october_.first - 92, october_.first}, {}},
                                                trends::OneWayGeometric());

  ASSERT_FALSE(quarter);
  EXPECT_EQ(quarter.error().exit_code, EX_DATAERR);
  EXPECT_NE(quarter.error().sentence.find("2024-10"), std::string::npos);
}

TEST_F(TheTrends, ABudgetThatCouldPointAtSomebodyIsRefused) {
  november();
  const auto dear = desk()->releases.preview({october_, {400'000'000}}, trends::OneWayGeometric());
  const auto cheap = desk()->releases.preview({october_, {1}}, trends::OneWayGeometric());

  ASSERT_FALSE(dear);
  EXPECT_EQ(dear.error().exit_code, EX_USAGE);
  EXPECT_NE(dear.error().sentence.find("one person"), std::string::npos);
  EXPECT_FALSE(cheap);
}

TEST_F(TheTrends, WhoLosesTheRaceShowsTheOthersFigures) {
  november();
  const auto first = desk();
  const auto second = desk("deputy");
  std::optional<JournaledRelease> of_second;
  office_.server.before_append([&] { of_second = must(second->release(wish())); });

  const auto of_first = must(first->release(wish()));

  ASSERT_TRUE(of_second);
  EXPECT_EQ(of_first.bytes, of_second->bytes);
  EXPECT_EQ(first->seat->casework->releases().all().size(), 1U);
}

// Killed at every request that it makes, before and after it was done.
TEST_F(TheTrends, ADrawThatWasNotJournaledWholeIsThrownAwayAndOneThatWasStands) {
  november();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    for (int request = 1; request < 6; ++request) {
      std::optional<crypto::Buffer> stood;
      const auto killed = desk();
      const auto& known = killed->seat->casework->releases();
      if (const auto* there = known.of(crypto::Series::inflow, october_)) stood = there->bytes;
      office_.server.kill_at(request, moment);
      bool died = false;
      try {
        (void)killed->release(wish());
      } catch (const Killed&) {
        died = true;
      }
      office_.server.spare();
      const auto after = desk();
      const auto& all = after->seat->casework->releases().all();
      EXPECT_LE(all.size(), 1U);
      if (stood) {
        ASSERT_EQ(all.size(), 1U);
        EXPECT_EQ(all.front().bytes, *stood);
      }
      if (!died) {
        EXPECT_EQ(all.size(), 1U);
      }
    }
  }
  EXPECT_EQ(must(desk()->release(wish())).head.sequence, 1U);
}

}  // namespace
}  // namespace meldpunt::client::test
