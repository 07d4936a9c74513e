// The series of closures: which cases it counts, as what, and from which budget.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "client/lib/approving.h"
#include "client/lib/recording.h"
#include "client/lib/roster_issue.h"
#include "client/lib/second_release.h"
#include "client/trends/json_stat.h"
#include "tests/unit/client/a_release.h"

namespace meldpunt::client::test {
namespace {

class Closures : public AtTheYearsEnd {
 protected:
  void close(const crypto::CaseId& subject, const char* reason = "LEFT") {
    auto& casework = *there_->seat->casework;
    must(casework.sync());
    must(close_case(casework, subject, {{"reason", reason}}));
  }
  [[nodiscard]] crypto::CaseId a_case() const {
    return there_->seat->casework->index().queue().front()->id;
  }

  std::unique_ptr<Desk> there_ = desk();
};

TEST_F(Closures, ACaseIsCountedByWhenItWasClosedAndOnceHoweverOften) {
  const crypto::CaseId subject = a_case();
  close(subject);
  january();
  const auto quarter = closures_of("2024-Q4", "quarter");
  EXPECT_EQ(there_->preview(quarter).cases, 1U);
  EXPECT_EQ(must(there_->release(quarter)).counted, 1U);

  must(reopen_case(*there_->seat->casework, subject));
  close(subject, "DUP");

  const auto counted_in = [&](const char* period) {
    return counted_cases(*there_->seat->casework, there_->releases.ledger(),
                         crypto::Series::closures, *trends::read_period(period))
        .ids.size();
  };
  EXPECT_EQ(counted_in("2025-Q1"), 0U);
  EXPECT_EQ(counted_in("2025"), 0U);
  EXPECT_EQ(counted_in("2024"), 1U) << "once more, in the year around the quarter that counted it";
}

TEST_F(Closures, AReasonThatIsOutIsTheReasonOfTheYearToo) {
  const crypto::CaseId subject = a_case();
  auto& casework = *there_->seat->casework;
  must(write_record(casework, subject,
                    new_item("need", {{"need", "P1.SHELTER"}, {"state", "UNAVAILABLE"}})));
  close(subject);
  january();
  must(there_->release(closures_of("2024-Q4", "quarter")));

  must(write_record(casework, subject,
                    new_item("need", {{"need", "P1.TREAT"}, {"state", "ASKED"}})));
  must(reopen_case(casework, subject));

  const auto year = counted_cases(casework, there_->releases.ledger(), crypto::Series::closures,
                                  *trends::read_period("2024"));
  ASSERT_EQ(year.coded.size(), 1U) << "also while it is open again";
  EXPECT_EQ(year.coded[0],
            trends::coded(trends::closures(),
                          trends::codes_of_closing("LEFT", {"P1.SHELTER"}, {"P1.SHELTER"})));
}

TEST_F(Closures, SayWhyWhatWasNeededAndWhatWasMissing) {
  const crypto::CaseId subject = a_case();
  auto& casework = *there_->seat->casework;
  must(write_record(casework, subject,
                    new_item("need", {{"need", "P1.SHELTER"}, {"state", "UNAVAILABLE"}})));
  close(subject);
  const auto cases = counted_cases(casework, there_->releases.ledger(), crypto::Series::closures,
                                   *trends::read_period("2024-Q4"));

  ASSERT_EQ(cases.coded.size(), 1U);
  EXPECT_EQ(cases.coded[0],
            trends::coded(trends::closures(),
                          trends::codes_of_closing("LEFT", {"P1.SHELTER"}, {"P1.SHELTER"})));
}

TEST_F(Closures, WhoRefusedStatisticsIsInNoneOfThem) {
  const crypto::CaseId subject = a_case();
  must(there_->releases.code(subject, {{}, true}));
  close(subject);
  january();
  const auto preview = there_->preview(closures_of("2024-Q4", "quarter"));
  EXPECT_EQ(preview.cases, 0U);
  EXPECT_EQ(preview.left_out, 1U);
}

TEST_F(Closures, ACasePaysForBothSeriesOutOfOneBudgetForItsLife) {
  close(a_case());
  january();
  const auto inflow = must(there_->release(wish()));
  auto small = closures_of("2024-Q4", "quarter");
  small.budget.life = 20'000'000;
  const auto refused = there_->releases.preview(small);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_NOPERM);

  const auto closed = must(there_->release(closures_of("2024-Q4", "quarter")));

  trends::Charge both = inflow.charge;
  both += closed.charge;
  EXPECT_LE(both.epsilon(), trends::epsilon_at_delta(trends::Budget().life));
  EXPECT_TRUE((inflow.charge.rho == 0) == (closed.charge.rho == 0)) << "one kind of account";
  EXPECT_EQ(closed.head.sequence, 2U) << "one row of numbers";
}

TEST_F(Closures, WhatWasDrawnGetsAnotherNumberWhenAnotherSeriesIsFirst) {
  close(a_case());
  january();
  const auto closing = closures_of("2024-Q4", "quarter");
  const ReleaseWish opening{crypto::Series::inflow, closing.period};
  must(there_->releases.propose(closing));
  must(there_->releases.propose(opening));
  sign_all(office_, "deputy");
  must(there_->seat->casework->sync());
  const auto other = desk("deputy");
  std::optional<JournaledRelease> first;
  office_.server.before_append([&] { first = must(other->draw(closing)); });

  const auto second = there_->draw(opening);

  // The same case is in both: what it can still pay is looked at again.
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(first->head.sequence, 1U);
  EXPECT_EQ(second->head.sequence, 2U);
}

}  // namespace
}  // namespace meldpunt::client::test
