// Which cases a release counts, as what, and once.
#include "client/lib/counted_cases.h"
#include "client/lib/frozen_codes.h"
#include "client/lib/recording.h"
#include "tests/unit/client/a_release.h"

namespace meldpunt::client::test {
namespace {

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

TEST_F(AtTheYearsEnd, WhatWasCountedIsDueAroundItsPeriodAndNotWithin) {
  january();
  const auto there = desk();
  must(there->release({crypto::Series::inflow, *trends::read_period("2024-Q4"), "quarter", {}}));
  const auto due = [&](const char* period) {
    return counted_cases(*there->seat->casework, there->releases.ledger(), crypto::Series::inflow,
                         *trends::read_period(period))
        .ids.size();
  };

  EXPECT_EQ(due("2024-12"), 0U);
  EXPECT_EQ(due("2024-Q4"), 0U) << "counted";
  EXPECT_EQ(due("2024"), 3U);
  EXPECT_EQ(due("2025"), 0U);
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
  EXPECT_EQ(frozen->codes.at("gender"), std::vector<std::string>{"U"}) << "said by nobody";
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

}  // namespace
}  // namespace meldpunt::client::test
