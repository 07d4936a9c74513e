#include "client/lib/approving.h"
#include "client/lib/outbox.h"
#include "client/lib/recording.h"
#include "client/lib/roster_issue.h"
#include "client/lib/second_closing.h"
#include "client/lib/second_refusals.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {
namespace {

class TheSecondPerson : public AnEscalation {
 protected:
  // What an approver's device does with its box.
  std::size_t approve() {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    Approving approving(desk->home, desk->staff, rosters, office_.clock);
    const auto waiting = must(approving.collect());
    for (const auto& request : waiting) must(approving.sign(request));
    must(approving.leave_rest());
    return waiting.size();
  }
  // Says no to all of it.
  void refuse(const std::string& reason) {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    Approving approving(desk->home, desk->staff, rosters, office_.clock);
    for (const auto& request : must(approving.collect())) must(approving.refuse(request, reason));
    must(approving.leave_rest());
  }
  crypto::CaseId a_minors_case(std::uint8_t number = 7) {
    office_.send(office_.report(number, number, {{"age_class", {"MINOR"}}}));
    office_.round("steward");
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    for (const auto& [id, entry] : steward->casework->index().cases()) {
      if (entry.reports.front().id == id_of<crypto::ReportId>(number)) return id;
    }
    throw std::runtime_error("no such case");
  }
  // The case of a minor whose closing waits.
  crypto::CaseId closing_proposed() {
    const auto subject = a_minors_case();
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    must(close_case(*steward->casework, subject, {{"reason", "LEFT"}}));
    must(ask_to_countersign_closing(*steward->casework, steward->staff, subject, office_.now()));
    return subject;
  }
  bool is_closed(const crypto::CaseId& subject) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    return client::state_of(*seat->casework, subject).closed;
  }
};

TEST_F(TheSecondPerson, IsAnApproverWhoseSignatureSendsAnOverride) {
  const auto escalation = office_.escalate(PartnerOffice::override_draft());
  EXPECT_EQ(state(escalation.id), "proposed");
  EXPECT_EQ(tasks(), std::vector{TaskKind::to_countersign});
  EXPECT_EQ(collect().fresh, 0U);

  EXPECT_EQ(approve(), 1U);
  office_.round("steward");

  EXPECT_EQ(collect().fresh, 1U);
  ASSERT_TRUE(held().escalation.second);
  EXPECT_EQ(held().escalation.second->device, office_.desk("approver")->home.keys().id);
  office_.round("steward");
  EXPECT_EQ(state(escalation.id), "received");
  EXPECT_TRUE(tasks().empty());
}

TEST_F(TheSecondPerson, MayBeAnotherCoordinator) {
  office_.enrol_device("deputy");
  const auto escalation = office_.escalate(PartnerOffice::override_draft());
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  const auto waiting = must(waiting_for_second(*deputy->casework));
  ASSERT_EQ(waiting.size(), 1U);

  const auto second = must(sign_second(deputy->home, waiting[0]));
  EXPECT_EQ(must(take_second(*deputy->casework, deputy->staff, second, deputy->home.keys().id,
                             office_.now())),
            SecondOutcome::done);
  must(carry(*deputy->casework, deputy->staff, office_.now()));

  EXPECT_EQ(collect().fresh, 1U);
}

TEST_F(TheSecondPerson, IsNotTheFirst) {
  office_.escalate(PartnerOffice::override_draft());
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto waiting = must(waiting_for_second(*steward->casework));
  const auto second = must(sign_second(steward->home, waiting.at(0)));

  EXPECT_EQ(must(take_second(*steward->casework, steward->staff, second, steward->home.keys().id,
                             office_.now())),
            SecondOutcome::not_believed);
  EXPECT_EQ(collect().fresh, 0U);
}

TEST_F(TheSecondPerson, WhoSignsSomethingElseIsAnnouncedAndNothingIsSent) {
  auto other = made([](auto& escalation) { escalation.fields[0].value = "MINOR"; },
                    PartnerOffice::override_draft());
  const auto escalation = office_.escalate(PartnerOffice::override_draft());
  other.id = escalation.id;
  const auto desk = office_.desk("approver");
  const auto second = must(sign_second(desk->home, crypto::ToCountersign(other)));
  must(give_to_staff(desk->home, desk->staff, ObjectKind::countersignature,
                     crypto::encode(second)->view()));

  const auto alarms = office_.round("steward");

  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_NE(alarms[0].find("something else"), std::string::npos);
  EXPECT_EQ(state(escalation.id), "proposed");
}

TEST_F(TheSecondPerson, ReviewsWhatWasSentInHaste) {
  auto draft = PartnerOffice::override_draft();
  draft.in_haste = true;

  const auto escalation = office_.escalate(draft);

  EXPECT_EQ(state(escalation.id), "sent") << "at night it goes at once";
  EXPECT_EQ(tasks(), std::vector{TaskKind::review});
  EXPECT_EQ(collect().fresh, 1U);
  EXPECT_EQ(approve(), 1U);
  office_.round("steward");
  EXPECT_TRUE(tasks().empty());
}

TEST_F(TheSecondPerson, KilledAtAnyStepOfJournalingItsSignatureItIsSentOnce) {
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      killed = false;
      const auto escalation = office_.escalate(PartnerOffice::override_draft());
      approve();
      office_.server.kill_at(step, moment);
      try {
        office_.round("steward");
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();

      office_.round("steward");
      collect();
      office_.round("steward");

      EXPECT_EQ(state(escalation.id), "received");
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, 8);
  }
}

TEST_F(TheSecondPerson, ErasesACaseWithTheFirst) {
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  answer_reporter(*seat->casework, office_.subject);
  must(propose_erasure(*seat->casework, seat->staff, office_.subject, "she asked for it"));
  EXPECT_EQ(must(ask_to_countersign_erasure(*seat->casework, seat->staff, office_.subject,
                                            office_.now())),
            1U);
  EXPECT_EQ(tasks(), std::vector{TaskKind::erasure_proposed});

  EXPECT_EQ(approve(), 1U);
  office_.round("steward");

  const auto after = office_.seat("steward");
  must(after->casework->sync());
  EXPECT_FALSE(after->casework->index().find(office_.subject)->readable);
  EXPECT_TRUE(after->casework->escalations().is_erased(office_.subject));
  EXPECT_EQ(tasks(), std::vector{TaskKind::erasure_unfinished})
      << "the vault has not changed since";
  // The key may still lie in this device's home: nothing is done with it.
  const auto again = prepare_escalation(*after->casework, office_.subject,
                                        PartnerOffice::override_draft(), office_.now());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().exit_code, EX_UNAVAILABLE);
}

TEST_F(TheSecondPerson, KilledAtAnyStepOfErasingItIsErasedAndJournaledOnce) {
  std::uint8_t number = 40;
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      killed = false;
      office_.send(office_.report(number, number));
      office_.round("steward");
      crypto::CaseId subject;
      {
        const auto seat = office_.seat("steward");
        must(seat->casework->sync());
        for (const auto& [id, entry] : seat->casework->index().cases()) {
          if (entry.readable && id != office_.subject) subject = id;
        }
        answer_reporter(*seat->casework, subject);
        must(propose_erasure(*seat->casework, seat->staff, subject, "asked"));
        must(ask_to_countersign_erasure(*seat->casework, seat->staff, subject, office_.now()));
      }
      ++number;
      approve();
      office_.server.kill_at(step, moment);
      try {
        office_.round("steward");
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();
      office_.round("steward");

      const auto after = office_.seat("steward");
      must(after->casework->sync());
      EXPECT_TRUE(after->casework->escalations().is_erased(subject));
      EXPECT_FALSE(after->casework->index().find(subject)->readable);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, 7) << "... take, erase, journal, acknowledge";
  }
}

TEST_F(TheSecondPerson, MayBeAnApproverWhenAMinorsCaseIsClosed) {
  const auto subject = closing_proposed();
  EXPECT_FALSE(is_closed(subject));

  EXPECT_EQ(approve(), 1U);
  office_.round("steward");

  EXPECT_TRUE(is_closed(subject));
  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(TheSecondPerson, MayBeAnotherCoordinatorWhenAMinorsCaseIsClosed) {
  office_.enrol_device("deputy");
  const auto subject = closing_proposed();
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  const auto waiting = must(waiting_for_second(*deputy->casework));
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(proposer_of(waiting[0]), office_.seat("steward")->home.keys().id);

  const auto second = must(sign_second(deputy->home, waiting[0]));
  EXPECT_EQ(must(take_second(*deputy->casework, deputy->staff, second, deputy->home.keys().id,
                             office_.now())),
            SecondOutcome::done);

  EXPECT_TRUE(is_closed(subject));
  EXPECT_TRUE(must(waiting_for_second(*deputy->casework)).empty());
}

TEST_F(TheSecondPerson, IsAskedAboutAClosingThatWaitedForTheLine) {
  const auto subject = a_minors_case();
  {
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    Outbox outbox = must(Outbox::open(steward->home));
    must(outbox.add(subject, instead_of({}, "closing", {{"reason", "LEFT"}})));
    EXPECT_EQ(must(outbox.send(*steward->casework, steward->staff)).sent, 1U);
    EXPECT_TRUE(outbox.unsent().empty());
  }

  EXPECT_EQ(approve(), 1U);
  office_.round("steward");

  EXPECT_TRUE(is_closed(subject));
}

TEST_F(TheSecondPerson, IsAskedHoweverOftenTheSenderOfAClosingIsKilled) {
  int step = 0;
  for (bool killed = true; killed;) {
    SCOPED_TRACE(++step);
    killed = false;
    const auto subject = a_minors_case(static_cast<std::uint8_t>(60 + step));
    {
      const auto steward = office_.seat("steward");
      must(steward->casework->sync());
      Outbox outbox = must(Outbox::open(steward->home));
      must(outbox.add(subject, instead_of({}, "closing", {{"reason", "LEFT"}})));
      office_.server.kill_at(step, FakeServer::Moment::after);
      try {
        must(outbox.send(*steward->casework, steward->staff));
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();
    }
    const auto again = office_.seat("steward");
    must(again->casework->sync());
    must(must(Outbox::open(again->home)).send(*again->casework, again->staff));

    EXPECT_GE(approve(), 1U);
    office_.round("steward");

    EXPECT_TRUE(is_closed(subject));
  }
  EXPECT_GE(step, 2) << "journal, ask";
}

TEST_F(TheSecondPerson, WhoSignedAnotherClosingHasNotClosedThisOne) {
  const auto subject = closing_proposed();
  approve();  // its answer lies in the staff's box
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  must(close_case(*steward->casework, subject, {{"reason", "HANDOVER"}}));

  office_.round("steward");

  EXPECT_FALSE(is_closed(subject));
}

TEST_F(TheSecondPerson, IsNotBelievedWithoutASignatureOverWhatIsClosed) {
  const auto subject = closing_proposed();
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto closing = *closing_that_waits(*steward->casework, subject);
  const auto approver = office_.desk("approver");
  auto other = closing;
  other.closing = "{}";
  must(file_closing_signature(*steward->casework, closing, approver->home.keys().id,
                              sign_closing(approver->home, other)));
  EXPECT_FALSE(is_closed(subject)) << "other words were signed";
  must(file_closing_signature(*steward->casework, closing, approver->home.keys().id,
                              sign_closing(steward->home, closing)));
  EXPECT_FALSE(is_closed(subject)) << "another's key";
  must(file_closing_signature(*steward->casework, closing, steward->home.keys().id,
                              sign_closing(steward->home, closing)));
  EXPECT_FALSE(is_closed(subject)) << "who proposed it is no second person";
  must(file_closing_signature(*steward->casework, closing, approver->home.keys().id,
                              sign_closing(approver->home, closing)));
  EXPECT_TRUE(is_closed(subject));
}

TEST_F(TheSecondPerson, WhoWasRemovedLongBeforeHasClosedNothing) {
  const auto subject = closing_proposed();
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto closing = *closing_that_waits(*steward->casework, subject);
  const auto approver = office_.desk("approver");
  const crypto::Countersignature by{approver->home.keys().id,
                                    sign_closing(approver->home, closing)};
  office_.clock.pass(std::chrono::hours(48));
  auto roster = steward->casework->rosters().newest();
  ++roster.number;
  roster.previous = steward->casework->rosters().newest_hash();
  roster.issued = office_.now();
  std::erase_if(roster.devices, [](const auto& device) { return device.name == "approver"; });
  const auto& stewardship = *steward->home.keyring().stewardship;
  must(publish_roster(steward->staff, roster.number,
                      crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                          stewardship.operations)));
  must(steward->casework->sync());
  const RosterHistory& rosters = steward->casework->rosters();
  const crypto::Hour now = office_.now();
  ASSERT_EQ(rosters.newest().number, roster.number);

  EXPECT_TRUE(closing_signed_by(rosters, closing, by, now + 29 * 24, office_.pin.region));
  EXPECT_FALSE(closing_signed_by(rosters, closing, by, now + 35 * 24, office_.pin.region));
}

TEST_F(TheSecondPerson, SaysNoOnceHoweverOftenItIsTakenIn) {
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      killed = false;
      const auto escalation = office_.escalate(PartnerOffice::override_draft());
      refuse("call her first");
      office_.server.kill_at(step, moment);
      try {
        office_.round("steward");
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();
      office_.round("steward");

      const auto seat = office_.seat("steward");
      must(seat->casework->sync());
      EXPECT_EQ(refusals_of(*seat->casework, office_.subject).size(), 1U);
      EXPECT_EQ(state(escalation.id), "proposed");
      EXPECT_EQ(office_.server.boxed(), 0U);
      must(withdraw_escalation(*seat->casework, escalation.id, "", office_.now()));
    }
    EXPECT_GE(step, 5) << "... take, journal, acknowledge";
  }
}

TEST_F(TheSecondPerson, WhoProposedItCannotSayNoToIt) {
  const auto escalation = office_.escalate(PartnerOffice::override_draft());
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto refusal = must(refuse_second(crypto::ToCountersign(escalation), "no"));

  const auto filed = file_refusal(*steward->casework, refusal, steward->home.keys().id,
                                  crypto::random_id<record::ChangeId>());

  ASSERT_FALSE(filed);
  EXPECT_EQ(filed.error().exit_code, EX_NOPERM);
  EXPECT_FALSE(refuse_second(crypto::ToCountersign(escalation), ""));
}

}  // namespace
}  // namespace meldpunt::client::test
