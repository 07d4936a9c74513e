#include "crypto/escalation.h"

#include <fstream>
#include <iterator>

#include "client/lib/renewal.h"
#include "crypto/label.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {
namespace {

TEST_F(AnEscalation, GoesToThePartnerIsAcceptedAndAnsweredAndTheCoordinatorSeesIt) {
  office_.consented();
  const auto escalation = office_.escalate();
  EXPECT_EQ(state(escalation.id), "sent");

  EXPECT_EQ(collect().fresh, 1U);
  office_.round("steward");
  EXPECT_EQ(state(escalation.id), "received");
  must(office_.desk()->inbox->answer(escalation.id, Said::accepted, "there is a place"));
  office_.round("steward");
  EXPECT_EQ(state(escalation.id), "accepted");
  must(office_.desk()->inbox->answer(escalation.id, Said::done, "she has arrived"));
  office_.round("steward");

  EXPECT_EQ(state(escalation.id), "done");
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto& answers = seat->casework->escalations().find(escalation.id)->answers;
  ASSERT_EQ(answers.size(), 3U);
  const auto content = must(seat->casework->content_of(answers.back().position, office_.subject));
  const auto received = crypto::decode_answer_received(content.view());
  const auto answer = crypto::decode_answer(received->answer.view());
  EXPECT_EQ(answer->text, "she has arrived");
}

TEST_F(AnEscalation, ShowsThePartnerExactlyWhatWasPreviewedAndNothingElse) {
  const std::string unshared = "report 1";  // the text of the report
  office_.consented();
  auto draft = PartnerOffice::draft();
  draft.fields = {{"need", "P1.SHELTER"}};
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto previewed =
      must(prepare_escalation(*seat->casework, office_.subject, draft, office_.now()));
  const auto preview = lines_of(previewed, seat->casework->rosters());
  must(commit_escalation(*seat->casework, office_.subject, previewed));
  must(carry(*seat->casework, seat->staff, office_.now()));
  collect();
  const auto desk = office_.desk();
  must(desk->inbox->collect());

  EXPECT_EQ(lines_of(desk->inbox->entries().at(previewed.id).escalation, desk->inbox->rosters()),
            preview);

  // All that ever reached it: every answer of the server, opened; every file, decrypted.
  std::string reached;
  const auto add = [&](crypto::Bytes bytes) { reached += crypto::as_text(bytes); };
  const auto& keys = desk->home.keys();
  std::size_t opened = 0;
  for (const crypto::Buffer& payload : office_.server.told(keys.curve.public_key())) {
    add(payload);
    const auto object =
        crypto::open_boxed(payload, keys.opening, keys.id, desk->inbox->rosters().newest(),
                           crypto::day_of(office_.now()), office_.pin.region);
    if (!object) continue;
    ++opened;
    add(object->content.view());
  }
  for (const auto& file : std::filesystem::directory_iterator(desk->home.path())) {
    std::ifstream in(file.path(), std::ios::binary);
    reached += std::string(std::istreambuf_iterator<char>(in), {});
  }
  auto records = must(RecordFile::open(desk->home.path() / "inbox", 20'000));
  must(records.catch_up());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto sealed = must(records.read(i));
    crypto::Buffer record(sealed.size() - crypto::xaead_overhead);
    ASSERT_TRUE(crypto::xaead_open(
        record, sealed, crypto::bind("inbox", {office_.pin.region.view(), keys.id.view()}),
        keys.master));
    add(record);
  }
  EXPECT_EQ(opened, 1U);
  ASSERT_GE(records.size(), 2U) << "the escalation, and that it was received";
  const auto holds = [&](crypto::Bytes bytes) {
    return reached.find(crypto::as_text(bytes)) != std::string::npos;
  };
  EXPECT_TRUE(holds(crypto::as_bytes("P1.SHELTER"))) << "the search finds what is there";
  EXPECT_FALSE(holds(crypto::as_bytes("ADULT")));
  EXPECT_FALSE(holds(crypto::as_bytes("age_class")));
  EXPECT_FALSE(holds(crypto::as_bytes(unshared)));
  EXPECT_FALSE(holds(office_.subject.view())) << "the case's own id";
  EXPECT_FALSE(holds(fixed_thread(0x10).shared.id.view()));
  EXPECT_FALSE(holds(fixed_thread(0x10).shared.address_key.view()));
  const auto case_key = must(seat->casework->key_of(office_.subject));
  EXPECT_FALSE(holds(case_key.view()));
}

TEST_F(AnEscalation, CallsTheCaseByAnotherNameForEachPartner) {
  office_.enrol_device("POLICE desk", crypto::DeviceRole::partner);
  auto to_police = PartnerOffice::override_draft();
  to_police.recipient = "POLICE";

  const auto first = made([](auto&) {}, PartnerOffice::override_draft());
  const auto again = made([](auto&) {}, PartnerOffice::override_draft());
  const auto other = made([](auto&) {}, to_police);

  EXPECT_EQ(first.reference, again.reference);
  EXPECT_NE(first.reference, other.reference);
}

TEST_F(AnEscalation, IsNotMadeWithoutConsentForExactlyThis) {
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto refused = [&](const EscalationDraft& draft) {
    const auto prepared =
        prepare_escalation(*seat->casework, office_.subject, draft, office_.now());
    return !prepared && prepared.error().exit_code == EX_NOPERM;
  };
  EXPECT_TRUE(refused(PartnerOffice::draft()));

  office_.consented();
  must(seat->casework->sync());
  auto more = PartnerOffice::draft();
  more.fields.push_back({"name", "somebody"});
  EXPECT_TRUE(refused(more));
  auto other = PartnerOffice::draft();
  other.purpose = "POLICE";
  EXPECT_TRUE(refused(other));
  auto bare = PartnerOffice::override_draft();
  bare.without_consent->reason.clear();
  EXPECT_TRUE(refused(bare));
  EXPECT_FALSE(refused(PartnerOffice::draft()));
}

TEST_F(AnEscalation, IsStoppedByAWithdrawalThatCameAfterThePreview) {
  const auto id = office_.consented();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto escalation = must(
      prepare_escalation(*seat->casework, office_.subject, PartnerOffice::draft(), office_.now()));
  office_.answer(id, ConsentChoice::withdrawn, 3);

  const auto committed = commit_escalation(*seat->casework, office_.subject, escalation);

  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().exit_code, EX_NOPERM);
  EXPECT_EQ(collect().fresh, 0U);
}

TEST_F(AnEscalation, JournaledAndNotYetCarriedIsStoppedByAWithdrawal) {
  const auto id = office_.consented();
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto escalation = must(
      prepare_escalation(*seat->casework, office_.subject, PartnerOffice::draft(), office_.now()));
  must(commit_escalation(*seat->casework, office_.subject, escalation));

  office_.answer(id, ConsentChoice::withdrawn, 3);

  EXPECT_EQ(collect().fresh, 0U);
  EXPECT_EQ(tasks(), std::vector{TaskKind::not_sent});
}

TEST_F(AnEscalation, WithdrawnTellsThePartnerAndStopsTheNext) {
  const auto id = office_.consented();
  const auto escalation = office_.escalate();
  collect();
  office_.answer(id, ConsentChoice::withdrawn, 3);
  EXPECT_EQ(tasks(), std::vector{TaskKind::consent_withdrawn});

  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  must(withdraw_escalation(*seat->casework, escalation.id, "she asks you to stop", office_.now()));
  must(carry(*seat->casework, seat->staff, office_.now()));

  EXPECT_EQ(collect().withdrawn, 1U);
  EXPECT_EQ(held().withdrawal->text, "she asks you to stop");
  const auto accepted = office_.desk()->inbox->answer(escalation.id, Said::accepted, "");
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().exit_code, EX_NOPERM);
  EXPECT_EQ(state(escalation.id), "withdrawn");
  EXPECT_TRUE(tasks().empty());
  EXPECT_FALSE(
      prepare_escalation(*seat->casework, office_.subject, PartnerOffice::draft(), office_.now()));
}

TEST_F(AnEscalation, ThatNobodyAnswersInTimeIsATask) {
  office_.consented();
  office_.escalate();
  collect();
  office_.round("steward");
  EXPECT_TRUE(tasks().empty());

  office_.clock.pass(std::chrono::hours(73));

  EXPECT_EQ(tasks(), std::vector{TaskKind::answer_overdue}) << "received is no answer";
}

TEST_F(AnEscalation, ThatIsPrintedSaysSoAndStillWaitsForAnAnswer) {
  office_.consented();
  const auto escalation = office_.escalate();
  collect();
  must(office_.desk()->inbox->answer(escalation.id, Said::printed, ""));
  office_.round("steward");

  EXPECT_EQ(state(escalation.id), "received");
  EXPECT_EQ(held().state(), Said::received);
  office_.clock.pass(std::chrono::hours(73));
  EXPECT_EQ(tasks(), std::vector{TaskKind::answer_overdue});

  must(office_.desk()->inbox->answer(escalation.id, Said::accepted, ""));
  must(office_.desk()->inbox->answer(escalation.id, Said::printed, ""));
  office_.round("steward");
  EXPECT_EQ(state(escalation.id), "accepted") << "paper changes nothing";
}

TEST_F(AnEscalation, ThatNobodyAnswersLapsesOnBothSides) {
  office_.consented();
  const auto escalation = office_.escalate();
  collect();
  office_.round("steward");
  office_.clock.pass(std::chrono::hours(30 * 24 + 1));

  EXPECT_EQ(tasks(), std::vector{TaskKind::lapsed});
  EXPECT_EQ(state(escalation.id), "lapsed");
  EXPECT_EQ(state_of(held(), office_.now()), "lapsed");
  const auto late = office_.desk()->inbox->answer(escalation.id, Said::accepted, "");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().exit_code, EX_NOPERM);
}

TEST_F(AnEscalation, ThatIsRefusedIsATaskUntilSomebodyElseIsAsked) {
  office_.consented();
  const auto escalation = office_.escalate();
  collect();
  must(office_.desk()->inbox->answer(escalation.id, Said::refused, "no place"));
  office_.round("steward");
  EXPECT_EQ(tasks(), std::vector{TaskKind::partner_refused});

  office_.escalate();

  EXPECT_TRUE(tasks().empty());
}

TEST_F(AnEscalation, SealedToKeysThatThePartnerReplacedMeanwhileIsStillRead) {
  office_.consented();
  const auto made = office_.escalate();
  {
    const auto desk = office_.desk();
    must(renew_device(desk->home, desk->staff, office_.clock.now()));
  }
  office_.round("steward");
  {
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    std::vector<ReceivedSuccessor> received;
    for (const auto& object : steward->casework->received().of(ObjectKind::device_successor)) {
      received.push_back({object.giver, object.content});
    }
    RenewalWishes wishes;
    wishes.successors = waiting_successors(received, steward->casework->rosters().newest(),
                                           steward->home.pin().region);
    ASSERT_EQ(wishes.successors.size(), 1U);
    must(renew(steward->home, *steward->casework, steward->staff, wishes, office_.clock.now()));
  }
  {
    auto home = must(Home::open(office_.path_of(partner_device), crypto::as_bytes(passphrase)));
    ASSERT_TRUE(home.try_successor());
    const auto line = office_.server.line(home.keys().curve.public_key());
    NoticeSource notices(home.pin(), office_.clock);
    StaffLine staff(*line, notices, office_.clock);
    must(settle_device(home, staff, office_.clock.now()));
    ASSERT_FALSE(home.keyring().successor);
  }

  EXPECT_EQ(collect().fresh, 1U);
  EXPECT_TRUE(office_.desk()->inbox->entries().contains(made.id));
}

TEST_F(AnEscalation, KilledAtAnyStepOfCarryingReachesThePartnerOnce) {
  office_.consented();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      killed = false;
      crypto::EscalationId id;
      {
        const auto seat = office_.seat("steward");
        must(seat->casework->sync());
        const auto escalation = must(prepare_escalation(*seat->casework, office_.subject,
                                                        PartnerOffice::draft(), office_.now()));
        id = escalation.id;
        office_.server.kill_at(step, moment);
        try {
          must(commit_escalation(*seat->casework, office_.subject, escalation));
          must(carry(*seat->casework, seat->staff, office_.now()));
        } catch (const Killed&) {
          killed = true;
        }
        office_.server.spare();
      }
      office_.round("steward");

      collect();
      office_.round("steward");

      // Killed before it was journaled it never was.
      if (state(id) != "unknown") {
        EXPECT_EQ(state(id), "received");
      }
      EXPECT_EQ(office_.desk()->inbox->entries().contains(id), state(id) != "unknown");
    }
    EXPECT_GE(step, 4) << "journal, box, journal";
  }
}

TEST_F(AnEscalation, KilledAtAnyStepOfTakingInAndAnsweringSaysEachThingOnce) {
  office_.consented();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      killed = false;
      const auto escalation = office_.escalate();
      office_.server.kill_at(step, moment);
      try {
        const auto desk = office_.desk();
        must(desk->inbox->collect());
        must(desk->inbox->answer(escalation.id, Said::accepted, "yes"));
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();

      collect();
      office_.round("steward");

      const auto seat = office_.seat("steward");
      must(seat->casework->sync());
      const auto& answers = seat->casework->escalations().find(escalation.id)->answers;
      const auto count = [&](Said said) {
        return std::ranges::count(answers, said, &AnswerEntry::said);
      };
      EXPECT_EQ(count(Said::received), 1);
      EXPECT_LE(count(Said::accepted), 1);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, 6) << "roster, take, staff's box, acknowledge, staff's box";
  }
}

}  // namespace
}  // namespace meldpunt::client::test
