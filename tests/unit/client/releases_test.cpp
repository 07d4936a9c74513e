#include "client/lib/releases.h"

#include <nlohmann/json.hpp>

#include "client/lib/approving.h"
#include "client/lib/frozen_codes.h"
#include "client/lib/recording.h"
#include "client/lib/roster_issue.h"
#include "client/lib/second_release.h"
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

// ---- two people

TEST_F(TheTrends, NobodyReleasesAlone) {
  november();
  const auto there = desk();
  const auto nothing = there->draw(wish());
  must(there->releases.propose(wish()));
  const auto waiting = there->draw(wish());
  const auto own = sign_all(office_, "steward");
  must(there->seat->casework->sync());
  const auto after = there->draw(wish());

  for (const auto& refused : {nothing, waiting, after}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().exit_code, EX_NOPERM);
    EXPECT_NE(refused.error().sentence.find("countersign"), std::string::npos);
  }
  EXPECT_EQ(own, std::vector{SecondOutcome::not_believed});
  EXPECT_TRUE(there->seat->casework->releases().all().empty());
}

TEST_F(TheTrends, ASecondCoordinatorSignsFromTheJournalAndEitherDraws) {
  november();
  EXPECT_EQ(must(desk()->releases.propose(wish())), 0U) << "there is no approver to ask";
  EXPECT_FALSE(desk("deputy")->is_signed(wish()));

  EXPECT_EQ(sign_all(office_, "deputy"), std::vector{SecondOutcome::done});

  EXPECT_TRUE(desk("deputy")->is_signed(wish()));
  EXPECT_TRUE(sign_all(office_, "deputy").empty()) << "it waits no longer";
  EXPECT_EQ(must(desk("deputy")->draw(wish())).counted, 3U);
  EXPECT_TRUE(desk()->seat->casework->releases().all_proposed().empty());
}

TEST_F(TheTrends, WhatIsProposedAgainInTheSameTermsStands) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  const auto size = there->seat->casework->journal().size();
  must(there->releases.propose(wish()));
  EXPECT_EQ(there->seat->casework->journal().size(), size);
  sign_all(office_, "deputy");

  auto dearer = wish();
  dearer.budget.life = 100'000'000;
  must(there->releases.propose(dearer));

  EXPECT_FALSE(there->is_signed(wish())) << "a signature is for the terms that it was given to";
  EXPECT_EQ(there->draw(wish()).error().exit_code, EX_NOPERM);
  sign_all(office_, "deputy");
  must(there->seat->casework->sync());
  must(there->draw(wish()));
  EXPECT_EQ(terms_of_year(there->releases.ledger(), wish().series, october_)->budget.life,
            100'000'000U);
}

TEST_F(TheTrends, WhoWasRemovedSignsNothing) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  const auto waiting = releases_that_wait(*there->seat->casework);
  ASSERT_EQ(waiting.size(), 1U);
  const Home deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  const auto second = must(sign_second(deputy, waiting[0].proposal));
  auto& casework = *there->seat->casework;
  auto roster = casework.rosters().newest();
  ++roster.number;
  roster.previous = casework.rosters().newest_hash();
  roster.issued = hour_of(office_.clock.now());
  std::erase_if(roster.devices, [](const auto& device) { return device.name == "deputy"; });
  const auto& stewardship = *there->seat->home.keyring().stewardship;
  must(publish_roster(there->seat->staff, roster.number,
                      crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                          stewardship.operations)));
  must(casework.sync());

  EXPECT_EQ(must(take_second(casework, there->seat->staff, second, deputy.keys().id,
                             hour_of(office_.clock.now()))),
            SecondOutcome::not_believed);
  const crypto::Hour later = hour_of(office_.clock.now()) + 35 * 24;
  EXPECT_FALSE(release_signed_by(casework.rosters(), waiting[0].proposal,
                                 {deputy.keys().id, second.signature}, later, office_.pin.region))
      << "nor does the journal bring it later";
}

TEST_F(TheTrends, AnApproverSignsThroughItsBoxKnowingTheTerms) {
  office_.enrol_device("approver", crypto::DeviceRole::approver);
  november();
  EXPECT_EQ(must(desk()->releases.propose(wish())), 1U);
  const auto waiting = approve(
      [](Approving& approving, const RequestToSign& request) { must(approving.sign(request)); });
  ASSERT_EQ(waiting.size(), 1U);
  const auto shown = json_of(std::get<crypto::ReleaseProposal>(waiting[0]));
  EXPECT_EQ(shown["period"], "2024-10");
  EXPECT_EQ(shown["series"], "inflow");
  EXPECT_EQ(shown["life"], "0.088");
  EXPECT_FALSE(shown["tables"].empty());
  EXPECT_FALSE(shown.contains("fault"));

  take_in_receipts();

  const auto there = desk();
  EXPECT_TRUE(there->is_signed(wish()));
  EXPECT_EQ(must(there->draw(wish())).counted, 3U);
}

TEST_F(TheTrends, WhatASecondPersonRefusesIsProposedAnew) {
  office_.enrol_device("approver", crypto::DeviceRole::approver);
  november();
  must(desk()->releases.propose(wish()));
  approve([](Approving& approving, const RequestToSign& request) {
    must(approving.refuse(request, "code them first"));
  });
  take_in_receipts();

  const auto there = desk();
  const auto refused = there->draw(wish());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find("code them first"), std::string::npos);
  EXPECT_TRUE(sign_all(office_, "deputy").empty()) << "it waits no longer";
  EXPECT_EQ(must(there->release(wish())).counted, 3U);
}

TEST_F(TheTrends, TermsThatDoNotAddUpAreSignedByNobody) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  auto proposal = releases_that_wait(*there->seat->casework).at(0).proposal;
  const auto at = proposal.terms.find("0.088");
  ASSERT_NE(at, std::string::npos);
  proposal.terms.replace(at, 5, "0.176");

  EXPECT_TRUE(json_of(proposal).contains("fault"));
  EXPECT_EQ(sign_second(there->seat->home, proposal).error().exit_code, EX_DATAERR);
}

// ---- which cases, once

TEST_F(TheTrends, WhatIsCodedAfterTheReleaseChangesNoFigure) {
  november();
  const auto there = desk();
  const crypto::CaseId subject = there->seat->casework->index().queue().front()->id;
  const auto released = must(there->release(wish()));

  EXPECT_TRUE(must(there->releases.code(subject, {{{"form", "SEX"}}, std::nullopt})));

  EXPECT_EQ(must(there->release(wish())).bytes, released.bytes);
  EXPECT_EQ(counted_cases(*there->seat->casework, there->releases.ledger(), crypto::Series::inflow,
                          october_)
                .ids.size(),
            0U);
}

TEST_F(AtTheYearsEnd, ACaseCountsInItsYearAsItDidInItsQuarter) {
  january();
  const auto there = desk();
  auto& casework = *there->seat->casework;
  const auto year = *trends::read_period("2024");
  const auto counted_now = [&] {
    return counted_cases(casework, there->releases.ledger(), crypto::Series::inflow, year);
  };
  for (const trends::Period& quarter : trends::parts_of(year)) {
    must(there->release({crypto::Series::inflow, quarter}));
  }
  const auto as_in_the_quarter = counted_now().coded;
  ASSERT_EQ(as_in_the_quarter.size(), 3U);
  const auto queue = casework.index().queue();

  EXPECT_TRUE(must(there->releases.code(queue[0]->id, {{{"form", "CRIM"}}, std::nullopt})));
  must(write_record(casework, queue[1]->id,
                    instead_of(casework.files().of(queue[1]->id), "triage", {{"as", "JUNK"}})));

  EXPECT_EQ(counted_now().coded, as_in_the_quarter);
  const auto size = casework.journal().size();
  must(there->release({crypto::Series::inflow, year}));
  const auto* frozen = casework.files().of(queue[0]->id).several("counted").front();
  EXPECT_EQ(frozen->history.size(), 1U) << "by its quarter, not by its year";
  EXPECT_GT(casework.journal().size(), size);
}

// Its codes change between what one coordinator wrote down and another's release.
TEST_F(TheTrends, WhatIsCodedBeforeTheReleaseIsWrittenDownAnew) {
  november();
  const auto there = desk();
  must(there->releases.propose(wish()));
  sign_all(office_, "deputy");
  must(there->seat->casework->sync());
  const auto counted_by = [&](Desk& at) {
    return counted_cases(*at.seat->casework, at.releases.ledger(), wish().series, october_);
  };
  // Killed after it was written down.
  EXPECT_TRUE(must(freeze(*there->seat->casework, wish().series, october_, counted_by(*there))));
  EXPECT_FALSE(must(freeze(*there->seat->casework, wish().series, october_, counted_by(*there))));

  const auto other = desk("deputy");
  const crypto::CaseId subject = other->seat->casework->index().queue().front()->id;
  EXPECT_FALSE(must(other->releases.code(subject, {{{"form", "CRIM"}}, std::nullopt})));
  must(there->seat->casework->sync());
  EXPECT_FALSE(are_frozen(*there->seat->casework, wish().series, october_, counted_by(*there)));
  must(other->draw(wish()));

  const auto frozen = frozen_in(other->seat->casework->files().of(subject), wish().series);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->period, october_);
  EXPECT_EQ(frozen->codes.at("form"), std::vector<std::string>{"CRIM"});
  must(there->seat->casework->sync());
  EXPECT_FALSE(
      must(freeze(*there->seat->casework, wish().series, october_,
                  {{{subject}}, {}, {}, {trends::coded(trends::inflow(), trends::Codes())}})))
      << "its figures are out";
}

TEST_F(TheTrends, AMergedCaseIsCountedOnceAndAllItsThreadsPay) {
  november();
  const auto there = desk();
  auto& casework = *there->seat->casework;
  const auto queue = casework.index().queue();
  const crypto::CaseId head = queue.at(0)->id;
  const crypto::CaseId member = queue.at(1)->id;
  must(merge_cases(casework, member, head, "the same person"));
  EXPECT_EQ(there->preview(wish()).cases, 2U);

  const auto released = must(there->release(wish()));
  EXPECT_EQ(released.counted, 3U);

  must(split_case(casework, member));
  EXPECT_TRUE(counted_cases(casework, there->releases.ledger(), crypto::Series::inflow, october_)
                  .ids.empty())
      << "taken apart, it does not come in again";
}

TEST_F(TheTrends, JunkIsNoCase) {
  november();
  const auto there = desk();
  auto& casework = *there->seat->casework;
  const crypto::CaseId subject = casework.index().queue().front()->id;
  must(write_record(casework, subject,
                    instead_of(casework.files().of(subject), "triage", {{"as", "JUNK"}})));

  EXPECT_EQ(there->preview(wish()).cases, 2U);
}

TEST_F(TheTrends, TheCaseFileSpeaksWhereNobodyHasCoded) {
  const auto there = desk();
  auto& casework = *there->seat->casework;
  const crypto::CaseId subject = casework.index().queue().front()->id;
  EXPECT_EQ(inflow_codes(casework, subject).at("form"), "LAB") << "the report";
  must(write_record(
      casework, subject,
      instead_of(casework.files().of(subject), "classification",
                 {{"forms", std::vector<std::string>{"CRIM", "SEX"}}, {"status", "CONFIRMED"}})));
  must(write_record(casework, subject,
                    new_item("place", {{"role", "FOUND"}, {"municipality", "GM0193"}})));
  must(write_record(casework, subject,
                    new_item("place", {{"role", "STAYS"}, {"municipality", "GM0150"}})));

  const auto codes = inflow_codes(casework, subject);
  EXPECT_EQ(codes.at("form"), "CRIM") << "the main one";
  EXPECT_EQ(codes.at("status"), "CONFIRMED");
  EXPECT_EQ(codes.at("subregion"), "ZWOLLE");
  EXPECT_EQ(codes.at("age"), "ADULT");
  must(there->releases.code(subject, {{{"form", "SEX"}}, std::nullopt}));
  EXPECT_EQ(inflow_codes(casework, subject).at("form"), "SEX") << "somebody has coded it";
  EXPECT_EQ(inflow_codes(casework, subject).at("subregion"), "ZWOLLE");
}

TEST_F(TheTrends, AnEmptyPeriodIsReleasedLikeAnyOther) {
  november();
  auto empty = wish();
  empty.period = *trends::read_period("2024-09");
  const auto released = must(desk()->release(empty));
  EXPECT_EQ(released.counted, 0U);
  EXPECT_EQ(released.charge, desk()->preview(wish()).charge) << "what it costs tells nothing";
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
