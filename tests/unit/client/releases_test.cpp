#include "client/lib/releases.h"

#include "client/lib/approving.h"
#include "client/trends/json_stat.h"
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
  EXPECT_FALSE(coding.codes().contains("gender")) << "nobody has said anything of it";
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

  const auto preview = there->preview(wish());

  EXPECT_EQ(there->seat->casework->journal().size(), before);
  EXPECT_EQ(preview.cases, 2U);
  EXPECT_EQ(preview.left_out, 1U);
  EXPECT_EQ(preview.not_coded, 2U);
  EXPECT_EQ(preview.paid_after, preview.charge.epsilon());
  EXPECT_LT(preview.paid_after, preview.life);
  const auto released = must(there->release(wish()));
  EXPECT_EQ(released.counted, 2U);
  EXPECT_FALSE(is_counted(*there->seat->casework, crypto::Series::inflow, subject));
}

TEST_F(TheTrends, APeriodIsDrawnOnceWhoeverAsksAndHoweverOften) {
  november();
  const auto first = must(desk()->release(wish()));
  const auto again = must(desk()->release(wish()));
  const auto other = must(desk("deputy")->release(wish()));

  EXPECT_EQ(first.bytes, again.bytes);
  EXPECT_EQ(first.bytes, other.bytes);
  EXPECT_EQ(first.head.sequence, 1U);
  EXPECT_GT(first.charge.epsilon(), 0U);
}

TEST_F(TheTrends, ABudgetThatCouldPointAtSomebodyIsRefused) {
  november();
  auto dear = wish();
  dear.budget.life = 400'000'000;
  auto cheap = wish();
  cheap.budget.life = 1;

  const auto too_dear = desk()->releases.preview(dear);
  ASSERT_FALSE(too_dear);
  EXPECT_EQ(too_dear.error().exit_code, EX_USAGE);
  EXPECT_NE(too_dear.error().sentence.find("one person"), std::string::npos);
  EXPECT_FALSE(desk()->releases.preview(cheap));
}

TEST_F(TheTrends, AScheduleIsOneThatThereIsAndHasThatPeriod) {
  november();
  auto unknown = wish();
  unknown.schedule = "hourly";
  auto quarterly = wish();
  quarterly.schedule = "quarter";

  const auto no_such = desk()->releases.preview(unknown);
  ASSERT_FALSE(no_such);
  EXPECT_EQ(no_such.error().exit_code, EX_USAGE);
  EXPECT_NE(no_such.error().sentence.find("quarter-year"), std::string::npos);
  const auto no_month = desk()->releases.preview(quarterly);
  ASSERT_FALSE(no_month);
  EXPECT_EQ(no_month.error().exit_code, EX_USAGE);
}

// ---- the terms of a year, and finer periods first

TEST_F(TheTrends, AYearStaysAsItBegan) {
  november();
  const auto there = desk();
  must(there->release(wish()));
  auto earlier = wish();
  earlier.period = *trends::read_period("2024-09");
  auto dearer = earlier;
  dearer.budget.life = 100'000'000;
  auto other = earlier;
  other.period = *trends::read_period("2024-Q3");
  other.schedule = "quarter-year";

  for (const ReleaseWish& each : {dearer, other}) {
    const auto refused = there->releases.preview(each);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().exit_code, EX_DATAERR);
    EXPECT_NE(refused.error().sentence.find("2024 began with"), std::string::npos);
  }
  EXPECT_TRUE(there->releases.preview(earlier));
  EXPECT_EQ(usual_wish(there->releases.ledger(), earlier.series, earlier.period).schedule, "month");
  auto before = other;
  before.period = *trends::read_period("2023-Q4");
  EXPECT_TRUE(there->releases.preview(before)) << "another year has terms of its own";
}

TEST_F(AtTheYearsEnd, ACoarserPeriodComesAfterAllThatAreInIt) {
  january();
  const auto there = desk();
  auto quarter = wish();
  quarter.period = *trends::read_period("2024-Q4");
  quarter.schedule = "month-quarter-year";

  const auto early = there->releases.preview(quarter);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().exit_code, EX_TEMPFAIL);
  EXPECT_NE(early.error().sentence.find("2024-10, 2024-11, 2024-12"), std::string::npos);
  for (const trends::Period& month : trends::parts_of(quarter.period)) {
    auto part = quarter;
    part.period = month;
    const auto released = must(there->release(part));
    EXPECT_EQ(released.counted, month == december_ ? 3U : 0U);
  }
  const auto released = must(there->release(quarter));

  EXPECT_EQ(released.counted, 3U) << "once more, at another cadence";
  const auto travelled = crypto::decode_release(released.bytes);
  const auto read = trends::read_json_stat(crypto::as_text(travelled->document));
  ASSERT_TRUE(read.publication) << read.reason;
  const auto of_december = [&](const trends::Table& table) { return table.period == december_; };
  EXPECT_TRUE(std::ranges::any_of(read.publication->tables, of_december))
      << "the months' figures come again, more exact";
  EXPECT_EQ(released.head.sequence, 4U);
  const auto& ledger = there->seat->casework->releases();
  trends::Charge both = ledger.all().at(2).charge;
  both += released.charge;
  for (const auto& [id, paid] : ledger.paid()) EXPECT_EQ(paid, both);
}

TEST_F(AtTheYearsEnd, AYearMakesItsQuartersFinal) {
  january();
  const auto there = desk();
  ReleaseWish year{crypto::Series::inflow, *trends::read_period("2024")};
  for (const trends::Period& quarter : trends::parts_of(year.period)) {
    must(there->release({crypto::Series::inflow, quarter}));
  }
  EXPECT_EQ(there->preview(year).cases, 3U);

  const auto released = must(there->release(year));

  EXPECT_EQ(released.counted, 3U);
  const auto travelled = crypto::decode_release(released.bytes);
  const auto read = trends::read_json_stat(crypto::as_text(travelled->document));
  ASSERT_TRUE(read.publication) << read.reason;
  const auto& tables = read.publication->tables;
  EXPECT_TRUE(std::ranges::all_of(tables, &trends::Table::final));
  EXPECT_EQ(std::ranges::count(tables, year.period, &trends::Table::period), 1 + 8 + 28);
  EXPECT_EQ(tables.size(), 1U + 8 + 28 + 4 * (1 + 8));
  EXPECT_GE(must(there->releases.send(released)).objects, 2U) << "it travels in parts";
}

// ---- races, and being killed

TEST_F(TheTrends, WhoLosesTheRaceShowsTheOthersFigures) {
  november();
  must(desk()->releases.propose(wish()));
  sign_all(office_, "deputy");
  const auto first = desk();
  const auto second = desk("deputy");
  std::optional<JournaledRelease> of_second;
  office_.server.before_append([&] { of_second = must(second->draw(wish())); });

  const auto of_first = must(first->draw(wish()));

  ASSERT_TRUE(of_second);
  EXPECT_EQ(of_first.bytes, of_second->bytes);
  EXPECT_EQ(first->seat->casework->releases().all().size(), 1U);
}

// Killed at every request that it makes, before and after it was done.
TEST_F(TheTrends, ADrawThatWasNotJournaledWholeIsThrownAwayAndOneThatWasStands) {
  november();
  must(desk()->releases.propose(wish()));
  sign_all(office_, "deputy");
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    for (int request = 1; request < 6; ++request) {
      std::optional<crypto::Buffer> stood;
      const auto killed = desk();
      const auto& known = killed->seat->casework->releases();
      if (const auto* there = known.of(crypto::Series::inflow, october_)) stood = there->bytes;
      office_.server.kill_at(request, moment);
      bool died = false;
      try {
        (void)killed->draw(wish());
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

TEST_F(TheTrends, AProposalThatWasInterruptedIsFinishedByTheNextTry) {
  office_.enrol_device("approver", crypto::DeviceRole::approver);
  november();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    for (int request = 1; request < 5; ++request) {
      office_.server.kill_at(request, moment);
      try {
        (void)desk()->releases.propose(wish());
      } catch (const Killed&) {
      }
      office_.server.spare();
    }
  }
  must(desk()->releases.propose(wish()));

  EXPECT_EQ(desk()->seat->casework->releases().all_proposed().size(), 1U);
  EXPECT_GE(approve([](Approving& approving, const RequestToSign& request) {
              must(approving.sign(request));
            }).size(),
            1U);
  take_in_receipts();
  EXPECT_TRUE(desk()->is_signed(wish()));
}

}  // namespace
}  // namespace meldpunt::client::test
