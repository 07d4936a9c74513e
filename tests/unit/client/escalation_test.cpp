#include "crypto/escalation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "client/lib/escalation_words.h"
#include "crypto/label.h"
#include "tests/support/partner_desk.h"

namespace meldpunt::client::test {
namespace {

using crypto::ConsentChoice;
using crypto::ObjectKind;
using crypto::Said;

class AnEscalation : public testing::Test {
 protected:
  // What a fresh process says of it.
  std::string state(const crypto::EscalationId& id) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    const auto* entry = seat->casework->escalations().find(id);
    return entry == nullptr ? "unknown" : std::string(state_of(*entry));
  }
  std::vector<TaskKind> tasks() {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    std::vector<TaskKind> kinds;
    for (const Task& task : tasks_of(*seat->casework, office_.now())) kinds.push_back(task.kind);
    return kinds;
  }
  InboxCounts collect(const std::string& device = partner_device) {
    const auto desk = office_.desk(device);
    const auto counts = must(desk->inbox->collect());
    said_ = desk->inbox->take_announcements();
    return counts;
  }
  bool said(std::string_view part) const {
    return std::ranges::any_of(
        said_, [&](const auto& line) { return line.find(part) != std::string::npos; });
  }
  // The last one that the inbox holds.
  InboxEntry held() {
    const auto desk = office_.desk();
    return desk->inbox->entries().empty() ? InboxEntry{} : desk->inbox->entries().begin()->second;
  }
  // An escalation that a coordinator's device made with other tools than ours: changed, and signed
  // again.
  crypto::Escalation made(const std::function<void(crypto::Escalation&)>& change,
                          EscalationDraft of = PartnerOffice::draft()) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    auto escalation = must(prepare_escalation(*seat->casework, office_.subject, of, office_.now()));
    change(escalation);
    const auto& keys = seat->home.keys();
    escalation.sender = crypto::sign_escalation(crypto::body_of(escalation)->view(), keys.id,
                                                keys.signing, office_.pin.region);
    return escalation;
  }
  void put(const crypto::Escalation& escalation, const std::string& from = "steward") {
    office_.put_to_partner(ObjectKind::escalation, crypto::encode(escalation)->view(), from);
  }
  void expect_refused(const crypto::Escalation& escalation, std::string_view why) {
    SCOPED_TRACE(why);
    put(escalation);

    EXPECT_EQ(collect().refused, 1U);

    EXPECT_TRUE(said(why)) << (said_.empty() ? "silent" : said_.back());
    EXPECT_EQ(office_.server.boxed(), 0U) << "nothing is answered, nothing stays";
    EXPECT_FALSE(office_.desk()->inbox->entries().contains(escalation.id));
  }

  PartnerOffice office_;
  std::vector<std::string> said_;
};

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

// ---- what the partner's client refuses

TEST_F(AnEscalation, WithoutConsentOrCompleteOverrideIsRefusedByThePartnersClient) {
  office_.consented();
  const auto nothing = [](crypto::Escalation& escalation) {
    escalation.basis = crypto::ByConsent{};
  };
  expect_refused(made(nothing), "no consent and no override");
  expect_refused(made([](auto&) {}, PartnerOffice::override_draft()),
                 "no second person has signed");
  auto late = PartnerOffice::override_draft();
  late.in_haste = true;
  expect_refused(made(
                     [](crypto::Escalation& escalation) {
                       *std::get<crypto::Override>(escalation.basis).review_by += 1;
                     },
                     late),
                 "reviewed too late");
}

TEST_F(AnEscalation, WhoseSecondPersonIsTheFirstOrNobodyIsRefused) {
  auto own = made([](auto&) {}, PartnerOffice::override_draft());
  const auto steward = office_.seat("steward");
  const auto& keys = steward->home.keys();
  own.second = crypto::countersign_escalation(crypto::body_of(own)->view(), keys.id, keys.signing,
                                              office_.pin.region);
  expect_refused(own, "both signatures are one device's");

  auto by_partner = made([](auto&) {}, PartnerOffice::override_draft());
  const auto desk = office_.desk();
  by_partner.second =
      crypto::countersign_escalation(crypto::body_of(by_partner)->view(), desk->home.keys().id,
                                     desk->home.keys().signing, office_.pin.region);
  expect_refused(by_partner, "second signature is by nobody");

  auto of_another = made([](auto&) {}, PartnerOffice::override_draft());
  const auto approver = office_.desk("approver");
  of_another.second =
      crypto::countersign_escalation(crypto::body_of(own)->view(), approver->home.keys().id,
                                     approver->home.keys().signing, office_.pin.region);
  expect_refused(of_another, "second signature is by nobody");
}

TEST_F(AnEscalation, ForAnotherRegionOrOrganisationIsRefused) {
  office_.consented();
  expect_refused(made([](auto& escalation) { escalation.region.bytes[0] ^= 1; }),
                 "of another region");
  expect_refused(made([](auto& escalation) { escalation.recipient = "POLICE"; }),
                 "not for this organisation");
}

TEST_F(AnEscalation, ThatIsStaleOrOfTheFutureIsRefused) {
  office_.consented();
  expect_refused(made([&](auto& escalation) { escalation.valid_until = office_.now() - 1; }),
                 "stale");
  expect_refused(made([&](auto& escalation) { escalation.hour = office_.now() + 48; }),
                 "dated in the future");
}

TEST_F(AnEscalation, ForgedIsRefused) {
  office_.consented();
  auto changed = made([](auto&) {});
  changed.fields[0].value = "MINOR";
  expect_refused(changed, "nobody who was a coordinator");

  auto by_approver = made([](auto&) {});
  const auto approver = office_.desk("approver");
  by_approver.sender =
      crypto::sign_escalation(crypto::body_of(by_approver)->view(), approver->home.keys().id,
                              approver->home.keys().signing, office_.pin.region);
  expect_refused(by_approver, "nobody who was a coordinator");
}

TEST_F(AnEscalation, PutThereByAnythingButACoordinatorsDeviceIsRefused) {
  office_.consented();
  const auto escalation = made([](auto&) {});
  const auto approver = office_.desk("approver");
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto device =
      devices_of(steward->casework->rosters(), "KADERA", crypto::day_of(office_.now())).at(0);
  const auto& keys = approver->home.keys();
  auto boxed = *crypto::seal_to_device(ObjectKind::escalation, crypto::encode(escalation)->view(),
                                       device, keys.id, keys.signing, office_.pin.region);
  must(steward->staff.ask(
      crypto::Put{crypto::MailboxKind::box, crypto::box_of(device.id), 0, 0, {}, boxed}));

  EXPECT_EQ(collect().refused, 1U);

  EXPECT_TRUE(said("no coordinator's device"));
}

TEST_F(AnEscalation, ReplayedIsTakenInOnceAndItsNumberIsGoodForNothingElse) {
  office_.consented();
  const auto escalation = office_.escalate();
  collect();
  put(escalation);

  EXPECT_EQ(collect().known, 1U);

  auto other = made([&](auto& changed) {
    changed.id = escalation.id;
    changed.fields[0].value = "MINOR";
  });
  put(other);
  EXPECT_EQ(collect().refused, 1U);
  EXPECT_TRUE(said("says something else"));
  EXPECT_EQ(held().escalation.fields[0].value, "ADULT");
}

TEST_F(AnEscalation, OfAnotherDevicesBoxIsLeftAndAnnounced) {
  office_.enrol_device("POLICE desk", crypto::DeviceRole::partner);
  office_.consented();
  const auto escalation = made([](auto&) {});
  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const auto police =
      devices_of(seat->casework->rosters(), "POLICE", crypto::day_of(office_.now())).at(0);
  const auto kadera =
      devices_of(seat->casework->rosters(), "KADERA", crypto::day_of(office_.now())).at(0);
  const auto& keys = seat->home.keys();
  auto boxed = *crypto::seal_to_device(ObjectKind::escalation, crypto::encode(escalation)->view(),
                                       kadera, keys.id, keys.signing, office_.pin.region);
  must(seat->staff.ask(
      crypto::Put{crypto::MailboxKind::box, crypto::box_of(police.id), 0, 0, {}, boxed}));

  EXPECT_EQ(collect("POLICE desk").left, 1U);

  EXPECT_TRUE(said("not signed for this device"));
  EXPECT_TRUE(office_.desk("POLICE desk")->inbox->entries().empty());
}

TEST_F(AnEscalation, WithdrawnBeforeItCameIsRefused) {
  office_.consented();
  const auto escalation = made([](auto&) {});
  const auto seat = office_.seat("steward");
  const auto& keys = seat->home.keys();
  const auto withdrawal =
      crypto::sign_withdrawal({escalation.id, "KADERA", office_.now(), "", {keys.id, {}}},
                              keys.signing, office_.pin.region);
  office_.put_to_partner(ObjectKind::withdrawal, withdrawal->view());
  EXPECT_EQ(collect().withdrawn, 1U);

  expect_refused(escalation, "withdrawn before it came");
}

TEST_F(AnEscalation, IsNotWithdrawnByAForgedWithdrawal) {
  office_.consented();
  const auto escalation = office_.escalate();
  collect();
  const auto approver = office_.desk("approver");
  const auto& keys = approver->home.keys();
  const auto forged =
      crypto::sign_withdrawal({escalation.id, "KADERA", office_.now(), "", {keys.id, {}}},
                              keys.signing, office_.pin.region);
  office_.put_to_partner(ObjectKind::withdrawal, forged->view());

  EXPECT_EQ(collect().refused, 1U);

  EXPECT_FALSE(held().withdrawal);
}

// ---- answers

TEST_F(AnEscalation, IsAnsweredOnlyByThePartnerItWasSentTo) {
  office_.enrol_device("POLICE desk", crypto::DeviceRole::partner);
  office_.consented();
  const auto escalation = office_.escalate();
  const auto police = office_.desk("POLICE desk");
  const auto& keys = police->home.keys();
  const auto answer = crypto::sign_answer({escalation.id,
                                           id_of<crypto::AnswerId>(1),
                                           Said::accepted,
                                           office_.now(),
                                           "ours",
                                           {keys.id, {}}},
                                          keys.signing, office_.pin.region);
  must(give_to_staff(police->home, police->staff, ObjectKind::escalation_answer, answer->view()));

  const auto alarms = office_.round("steward");

  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_NE(alarms[0].find("never sent"), std::string::npos);
  EXPECT_EQ(state(escalation.id), "sent");
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

// ---- the second person

class TheSecondPerson : public AnEscalation {
 protected:
  // What an approver's device does with its box.
  std::size_t approve() {
    const auto desk = office_.desk("approver");
    auto rosters = must(RosterHistory::open(desk->home));
    must(rosters.refresh(desk->staff));
    OwnBox box(desk->home, desk->staff, rosters);
    std::size_t signed_now = 0;
    while (auto item = must(box.next(crypto::day_of(office_.now())))) {
      const auto request = crypto::decode_to_countersign(item->object->content.view());
      const auto second = must(sign_second(desk->home, *request));
      must(give_to_staff(desk->home, desk->staff, ObjectKind::countersignature,
                         crypto::encode(second)->view()));
      must(box.acknowledge(item->id));
      ++signed_now;
    }
    return signed_now;
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

}  // namespace
}  // namespace meldpunt::client::test
