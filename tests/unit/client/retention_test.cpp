#include "client/lib/retention.h"

#include <gtest/gtest.h>

#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/recording.h"
#include "client/lib/redaction.h"
#include "client/lib/tasks.h"
#include "client/lib/triage.h"
#include "tests/support/partner_desk.h"

namespace meldpunt::client::test {
namespace {

// A case that was answered and closed, of which the term of a month is over.
class Retention : public testing::Test {
 protected:
  Retention() {
    office_.enrol_device("deputy");
    steward_ = office_.seat("steward");
    must(steward_->casework->sync());
    subject_ = office_.subject;
  }

  Casework& casework() { return *steward_->casework; }
  void answer(const crypto::CaseId& subject) { answer_reporter(casework(), subject); }
  void close() { must(close_case(casework(), subject_, {{"reason", "LEFT"}})); }
  void months_pass() { office_.clock.pass(std::chrono::hours(24 * 32)); }
  // The reporter's of that number writes in the thread.
  void message(std::uint8_t number, crypto::ReportKind kind = crypto::ReportKind::message) {
    auto made = office_.report(0x10, number);
    made.kind = kind;
    if (kind == crypto::ReportKind::erase) made.body = crypto::EraseRequest{"Please erase it."};
    office_.send(made);
    office_.round("steward");
    must(casework().sync());
  }
  crypto::CaseId another(std::uint8_t number) {
    office_.send(office_.report(static_cast<std::uint8_t>(number * 0x10), number));
    office_.round("steward");
    must(casework().sync());
    for (const auto& [id, entry] : casework().index().cases()) {
      if (entry.reports.front().id == id_of<crypto::ReportId>(number)) return id;
    }
    throw std::runtime_error("no such case");
  }
  std::vector<DueErasure> due() { return due_for_erasure(casework(), terms_, office_.now()); }
  // What hinders the only one.
  std::vector<Hindrance> hindrances() {
    const auto list = due();
    EXPECT_EQ(list.size(), 1U);
    return list.empty() ? std::vector<Hindrance>{} : list.front().hindrances;
  }
  Outcome<std::size_t> propose() {
    return propose_due(casework(), steward_->staff, terms_, subject_, "the term is over",
                       office_.now());
  }
  // A colleague signs all that waits.
  std::vector<SecondOutcome> sign() {
    const auto deputy = office_.seat("deputy");
    must(deputy->casework->sync());
    std::vector<SecondOutcome> outcomes;
    for (const auto& request : must(waiting_for_second(*deputy->casework))) {
      const auto second = must(sign_second(deputy->home, request));
      outcomes.push_back(must(take_second(*deputy->casework, deputy->staff, second,
                                          deputy->home.keys().id, office_.now())));
    }
    must(casework().sync());
    return outcomes;
  }
  std::optional<Task> task(TaskKind kind) {
    for (const Task& each : tasks_of(casework(), terms_, office_.now())) {
      if (each.kind == kind) return each;
    }
    return std::nullopt;
  }
  void request(const std::string& what, const std::string& outcome = "") {
    record::Fields fields{{"what", what}, {"by", "CLIENT"}, {"on", "2026-09-20"}};
    if (!outcome.empty()) fields["outcome"] = outcome;
    if (outcome == "REFUSED") fields["ground"] = "AVG art. 17 lid 3";
    must(write_record(casework(), subject_, new_item("request", fields)));
  }

  PartnerOffice office_;
  Terms terms_ = must(Terms::with(R"({
    "retention.LEFT": {"months": 1, "source": "besluit"},
    "retention.junk": {"weeks": 1, "source": "besluit"},
    "retention.no_case": {"days": 10, "source": "besluit"},
    "reflection": {"days": 3, "source": "besluit"}})"));
  std::unique_ptr<Seat> steward_;
  crypto::CaseId subject_;
};

TEST_F(Retention, ListsAClosedCaseWhenItsTermIsOver) {
  answer(subject_);
  close();
  EXPECT_TRUE(due().empty());
  const auto closed = office_.now();
  months_pass();

  const auto list = due();

  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].subject, subject_);
  EXPECT_EQ(list[0].term, "retention.LEFT");
  EXPECT_EQ(list[0].since, terms_.end_of("retention.LEFT", closed));
  EXPECT_TRUE(list[0].hindrances.empty());
  EXPECT_TRUE(due_for_erasure(casework(), Terms::as_shipped(), office_.now()).empty())
      << "nobody has decided a term";
}

TEST_F(Retention, IsProposedByOneSignedByAnotherAndErased) {
  answer(subject_);
  close();
  EXPECT_EQ(propose().error().exit_code, EX_NOINPUT);
  months_pass();

  EXPECT_EQ(must(propose()), 1U) << "the approver";

  EXPECT_TRUE(due().at(0).proposed);
  EXPECT_EQ(sign(), std::vector{SecondOutcome::done});
  EXPECT_FALSE(casework().index().find(subject_)->readable);
  EXPECT_TRUE(due().empty());
}

TEST_F(Retention, NeverWhileTheNewestMessageIsUnread) {
  answer(subject_);
  close();
  months_pass();
  message(7);

  EXPECT_EQ(hindrances(), std::vector{Hindrance::unread});
  const auto refused = propose();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_NOPERM);

  answer(subject_);
  EXPECT_TRUE(hindrances().empty());
}

TEST_F(Retention, NeitherByHandWhileTheNewestMessageIsUnread) {
  answer(subject_);
  message(7);

  const auto refused = propose_erasure(casework(), steward_->staff, subject_, "she asked for it");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_NOPERM);
  EXPECT_EQ(refused.error().sentence, sentence_of(Hindrance::unread));
  EXPECT_FALSE(task(TaskKind::erasure_proposed));
  // Nothing of it goes unread when something else is struck.
  must(casework().note(subject_, "the wrong case"));
  const Position note = casework().index().find(subject_)->notes.back();
  must(propose_striking(casework(), steward_->staff, subject_, "the wrong case", {{note, ""}}));

  answer(subject_);
  must(propose_erasure(casework(), steward_->staff, subject_, "she asked for it"));
  EXPECT_EQ(sign(), std::vector{SecondOutcome::done});
  EXPECT_FALSE(casework().index().find(subject_)->readable);
}

TEST_F(Retention, AMessageAfterTheProposalMakesTheSecondPersonsSignatureVoid) {
  answer(subject_);
  close();
  months_pass();
  must(propose());
  message(7);

  EXPECT_EQ(sign(), std::vector{SecondOutcome::outdated});
  EXPECT_TRUE(casework().index().find(subject_)->readable);

  answer(subject_);
  must(propose_erasure(casework(), steward_->staff, subject_, "read, and still over"));
  EXPECT_EQ(sign(), std::vector{SecondOutcome::done});
}

TEST_F(Retention, NeverWhileSomethingIsOpenAndSaysWhat) {
  answer(subject_);
  close();
  months_pass();
  const auto item = new_item("task", {{"text", "call back"}});
  must(write_record(casework(), subject_, item));
  EXPECT_EQ(hindrances(), std::vector{Hindrance::task});
  auto done = item;
  done.change = {};
  done.seen = casework().files().of(subject_).newest("task", item.item);
  done.fields["done"] = true;
  must(write_record(casework(), subject_, done));
  EXPECT_TRUE(hindrances().empty());

  request("ACCESS");
  EXPECT_EQ(hindrances(), std::vector{Hindrance::request});
  EXPECT_TRUE(task(TaskKind::request_open));
}

TEST_F(Retention, NeverWhileAnEscalationIsOpen) {
  office_.consented();
  must(casework().sync());
  const auto escalation = office_.escalate();
  must(casework().sync());
  answer(subject_);
  close();
  months_pass();
  const auto found = hindrances();
  EXPECT_NE(std::ranges::find(found, Hindrance::escalation), found.end());

  must(withdraw_escalation(casework(), escalation.id, "it is over", office_.now()));
  EXPECT_TRUE(hindrances().empty());
}

TEST_F(Retention, ReportsThatNeverBecameACaseHaveTermsOfTheirOwn) {
  const auto junk = another(3);
  must(treat_as(casework(), junk, "JUNK"));
  answer(subject_);
  office_.clock.pass(std::chrono::hours(24 * 8));

  ASSERT_EQ(due().size(), 1U);
  EXPECT_EQ(due()[0].subject, junk);
  EXPECT_EQ(due()[0].term, "retention.junk");
  EXPECT_TRUE(due()[0].hindrances.empty()) << "somebody has said what it is";

  office_.clock.pass(std::chrono::hours(24 * 3));
  ASSERT_EQ(due().size(), 2U);
  EXPECT_EQ(due()[1].term, "retention.no_case");
  must(write_record(casework(), subject_,
                    instead_of({}, "phase", {{"open", std::vector<std::string>{"F1"}}})));
  EXPECT_EQ(due().size(), 1U) << "somebody works on it";
}

TEST_F(Retention, WhatIsJunkAndIsWrittenInAgainIsUnread) {
  must(treat_as(casework(), subject_, "JUNK"));
  message(7);
  office_.clock.pass(std::chrono::hours(24 * 8));
  EXPECT_EQ(hindrances(), std::vector{Hindrance::unread});
}

TEST_F(Retention, MergedThreadsAreProposedTogether) {
  const auto other = another(3);
  answer(subject_);
  must(merge_cases(casework(), other, subject_, "one matter"));
  close();
  months_pass();
  EXPECT_EQ(hindrances(), std::vector{Hindrance::unread}) << "in the thread that was merged";
  answer(other);

  ASSERT_EQ(due().at(0).threads.size(), 2U);
  must(propose());

  EXPECT_EQ(sign(), (std::vector{SecondOutcome::done, SecondOutcome::done}));
  EXPECT_FALSE(casework().index().find(other)->readable);
  EXPECT_FALSE(casework().index().find(subject_)->readable);
}

TEST_F(Retention, ARequestToEraseIsATaskWithADeadlineAndEndsWithErasure) {
  message(7, crypto::ReportKind::erase);
  const auto asked = office_.now();

  ASSERT_TRUE(task(TaskKind::erasure_asked));
  EXPECT_EQ(task(TaskKind::erasure_asked)->due, terms_.end_of("request", asked));
  EXPECT_EQ(due().at(0).term, "request");
  EXPECT_EQ(hindrances(), std::vector{Hindrance::unread});

  request("ERASE", "GRANTED");
  EXPECT_TRUE(task(TaskKind::erasure_asked)) << "until it is erased";
  EXPECT_TRUE(hindrances().empty()) << "who recorded it has read it";
  must(propose());
  EXPECT_FALSE(task(TaskKind::erasure_asked));
  EXPECT_TRUE(task(TaskKind::erasure_proposed));
  EXPECT_EQ(sign(), std::vector{SecondOutcome::done});
}

TEST_F(Retention, ARequestToEraseEndsWithARecordedRefusalToo) {
  message(7, crypto::ReportKind::erase);
  record::Fields without{
      {"what", "ERASE"}, {"by", "REPORTER"}, {"on", "2026-09-20"}, {"outcome", "REFUSED"}};
  EXPECT_EQ(write_record(casework(), subject_, new_item("request", without)).error().exit_code,
            EX_DATAERR)
      << "without a ground";

  request("ERASE", "REFUSED");

  EXPECT_FALSE(task(TaskKind::erasure_asked));
  EXPECT_TRUE(due().empty());
  message(8, crypto::ReportKind::erase);
  EXPECT_TRUE(task(TaskKind::erasure_asked)) << "she asks again";
}

TEST_F(Retention, AnExtendedTermIsTheRequestsOwn) {
  must(write_record(
      casework(), subject_,
      new_item(
          "request",
          {{"what", "OBJECT"}, {"by", "CLIENT"}, {"on", "2026-09-20"}, {"due", "2026-12-20"}})));
  ASSERT_TRUE(task(TaskKind::request_open));
  EXPECT_EQ(task(TaskKind::request_open)->due, *hour_of_day("2026-12-20") + 24);
}

TEST_F(Retention, TheReflectionPeriodIsATaskWhereTheRegionSaysHowLongItIs) {
  const auto item = new_item("need", {{"need", "P2.REFLECT"}, {"state", "ARRANGED"}});
  must(write_record(casework(), subject_, item));
  ASSERT_TRUE(task(TaskKind::reflection_ends));
  EXPECT_EQ(task(TaskKind::reflection_ends)->due, office_.now() + 72);
  terms_ = Terms::as_shipped();
  EXPECT_FALSE(task(TaskKind::reflection_ends));
}

}  // namespace
}  // namespace meldpunt::client::test
