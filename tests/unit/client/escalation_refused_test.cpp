#include "crypto/label.h"
#include "tests/unit/client/an_escalation.h"

namespace meldpunt::client::test {
namespace {

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

}  // namespace
}  // namespace meldpunt::client::test
