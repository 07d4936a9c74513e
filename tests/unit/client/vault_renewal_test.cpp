#include "client/lib/vault_renewal.h"

#include <algorithm>

#include "client/lib/countersigning.h"
#include "client/lib/roster_issue.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class TheVault : public TwoDesks {
 protected:
  [[nodiscard]] crypto::VaultVersion version_of(const crypto::CaseId& subject) const {
    return *crypto::vault_version_of(office_.server.slots().at(slot(subject)).second);
  }
  // Nothing of that device opens what lies under an older version.
  void expect_closed_before(crypto::VaultVersion version, const std::string& name) {
    const auto home = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    EXPECT_EQ(home.keyring().in_force, version);
    for (const auto& vault : home.keyring().vaults) {
      EXPECT_EQ(vault.vault_key.has_value(), vault.version >= version) << name;
    }
    auto kept = must(RecordFile::open(office_.path_of(name) / "slots", 4096));
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const auto record = must(kept.read(i));
      const auto names = *crypto::vault_version_of(crypto::Bytes(record).subspan(16));
      EXPECT_TRUE(names == version || names == 0) << name << ": 0 says that it is erased";
    }
  }
};

TEST_F(TheVault, ChangesAndEveryCaseStaysReadableOnEveryDevice) {
  const auto renewed = must(renew("steward"));

  EXPECT_TRUE(renewed.changed);
  EXPECT_EQ(renewed.version, 2U);
  EXPECT_EQ(readable("deputy"), 3U);
  EXPECT_EQ(readable("steward"), 3U);
  const auto seat = must(synced("steward"));
  for (std::uint8_t i = 1; i <= 3; ++i) EXPECT_EQ(version_of(case_of(*seat, i)), 2U);
  expect_closed_before(2, "steward");
  expect_closed_before(2, "deputy");
  EXPECT_TRUE(seat->casework->vault_history().has_destroyed(
      must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase))).keys().id, 2));
}

TEST_F(TheVault, ChangesMonthlyAndNotBefore) {
  office_.clock.pass(std::chrono::hours(29 * 24));
  EXPECT_FALSE(must(renew("steward", VaultReason::when_due)).changed);
  office_.clock.pass(std::chrono::hours(24));
  EXPECT_TRUE(must(renew("steward", VaultReason::when_due)).changed);
  EXPECT_FALSE(must(renew("deputy", VaultReason::when_due)).changed);
}

TEST_F(TheVault, WhatIsWrittenAfterwardsLiesUnderTheNewOne) {
  must(renew("steward"));
  send(4);
  const auto deputy = must(synced("deputy"));
  must(deputy->duty.take_in());
  must(deputy->casework->note(case_of(*deputy, 1), "belt morgen"));

  EXPECT_EQ(version_of(case_of(*deputy, 4)), 2U);
  EXPECT_EQ(*crypto::vault_version_of_event(office_.server.journal().back()), 2U);
  EXPECT_EQ(readable("steward"), 4U);
}

TEST_F(TheVault, AMessageInAnOldThreadStillFindsItsCase) {
  must(renew("steward"));
  must(renew("steward"));
  auto message = office_.report(0x10, 9);
  message.kind = crypto::ReportKind::message;
  office_.send(message);
  const auto seat = must(synced("steward"));
  must(seat->duty.take_in());

  EXPECT_EQ(case_of(*seat, 9), case_of(*seat, 1));
}

TEST_F(TheVault, KilledAtAnyStepItIsChangedInTheEnd) {
  // More than the change has; beyond its end nobody is killed.
  for (int step = 1; step <= 60; step += every(4)) {
    for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
      SCOPED_TRACE(step);
      const auto before = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)))
                              .keyring()
                              .in_force;
      office_.server.kill_at(step, moment);
      bool killed = false;
      try {
        must(renew("steward"));
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();
      if (!killed) return;

      EXPECT_EQ(readable("deputy"), 3U);
      const auto after = must(renew("steward")).version;
      EXPECT_GT(after, before);
      EXPECT_EQ(readable("deputy"), 3U);
      expect_closed_before(after, "steward");
      expect_closed_before(after, "deputy");
    }
  }
}

TEST_F(TheVault, TwoDevicesThatChangeItAtOnceEndWithOne) {
  const auto steward = must(synced("steward"));
  bool deputy_changed = false;
  office_.server.before_append([&] { deputy_changed = must(renew("deputy")).changed; });

  const auto renewed = must(renew_vault(steward->home, *steward->casework, steward->staff,
                                        office_.clock.now(), VaultReason::at_once));

  EXPECT_TRUE(deputy_changed);
  EXPECT_FALSE(renewed.changed);
  EXPECT_EQ(renewed.version, 2U);
  EXPECT_EQ(readable("steward"), 3U);
  EXPECT_EQ(readable("deputy"), 3U);
  expect_closed_before(2, "steward");
  expect_closed_before(2, "deputy");
}

TEST_F(TheVault, OfTwoSecretsForOneVersionTheJournalChooses) {
  // The deputy has made one of its own and was killed before it gave it to anybody.
  auto deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  must(deputy.change_keyring(
      [](Keyring& keyring) { return keyring.add(crypto::VaultSecret::generate(2)); }));
  must(renew("steward"));

  EXPECT_EQ(readable("deputy"), 3U);
  expect_closed_before(2, "deputy");
  const auto steward = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  const auto reopened = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  EXPECT_TRUE(crypto::same_secret(steward.keyring().newest_vault()->vault_key->view(),
                                  reopened.keyring().newest_vault()->vault_key->view()));
}

TEST_F(TheVault, ADeviceThatWasAwayForThreeChangesCatchesUp) {
  for (int i = 0; i < 3; ++i) must(renew("steward"));
  send(4);
  must(office_.seat("steward")->duty.take_in());

  EXPECT_EQ(readable("deputy"), 4U);
  expect_closed_before(4, "deputy");
}

TEST_F(TheVault, ANewDeviceReadsItsWayBackToTheFirst) {
  must(renew("steward"));
  must(renew("steward"));
  office_.enrol_device("third");

  EXPECT_EQ(readable("third"), 3U);
  const auto home = must(Home::open(office_.path_of("third"), crypto::as_bytes(passphrase)));
  ASSERT_EQ(home.keyring().vaults.size(), 3U);
  EXPECT_FALSE(home.keyring().vault(1)->vault_key);
  EXPECT_TRUE(home.keyring().vault(3)->vault_key);
}

TEST_F(TheVault, ADeviceThatLeftIsGivenNothingOfWhatComes) {
  const auto steward = must(synced("steward"));
  auto roster = steward->casework->rosters().newest();
  roster.previous = steward->casework->rosters().newest_hash();
  ++roster.number;
  roster.issued = hour_of(office_.clock.now());
  std::erase_if(roster.devices, [](const auto& device) { return device.name == "deputy"; });
  const auto& stewardship = *steward->home.keyring().stewardship;
  must(publish_roster(steward->staff, roster.number,
                      crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                          stewardship.operations)));
  const auto before = office_.server.boxed();

  must(renew_vault(steward->home, *steward->casework, steward->staff, office_.clock.now(),
                   VaultReason::at_once));

  EXPECT_EQ(office_.server.boxed(), before);
  EXPECT_EQ(readable("steward"), 3U);
}

TEST_F(TheVault, AnErasedSlotIsNeverMadeAgain) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 2);
  erase(*steward, *deputy, subject);

  must(renew("steward"));

  EXPECT_TRUE(office_.server.erased(slot(subject)));
  EXPECT_EQ(readable("deputy"), 2U);
  EXPECT_FALSE(must(synced("deputy"))->casework->index().find(subject)->readable);
  expect_closed_before(2, "deputy");
}

TEST_F(TheVault, AServerThatCallsACaseErasedDoesNotTakeItFromADeviceThatHasItsKey) {
  const auto subject = case_of(*must(synced("steward")), 2);
  must(synced("deputy"));
  office_.server.call_erased(slot(subject), true);

  must(renew("steward"));
  const auto told = must(synced("deputy"));

  EXPECT_EQ(readable("steward"), 3U);
  EXPECT_EQ(readable(*told), 3U);
  const auto said = told->casework->take_announcements();
  EXPECT_TRUE(std::ranges::any_of(said, [](const std::string& sentence) {
    return sentence.find("no two people's signatures") != std::string::npos;
  }));
  expect_closed_before(2, "steward");
  expect_closed_before(2, "deputy");
  must(told->casework->note(subject, "belt morgen"));

  // It gives the slot back as it was: under a vault key that nobody has any more.
  office_.server.call_erased(slot(subject), false);
  must(renew("deputy"));

  EXPECT_EQ(version_of(subject), 3U);
  EXPECT_EQ(readable("steward"), 3U);
  expect_closed_before(3, "deputy");
}

TEST_F(TheVault, AnErasureWithoutTwoPeoplesSignaturesIsNotBelieved) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 2);
  const auto good = statement(*steward, *deputy, subject, 1);
  auto forged = good;
  forged.signatures[1].signature = forged.signatures[0].signature;
  auto of_another_case = good;
  of_another_case.subject = case_of(*steward, 3);

  for (const auto& erasure : {forged, of_another_case}) {
    journal_erasure(*steward, erasure);
    const auto seat = must(synced("deputy"));

    EXPECT_EQ(readable(*seat), 3U);
    EXPECT_EQ(seat->casework->vault_history().erasure_of(erasure.subject), nullptr);
    EXPECT_NE(seat->casework->take_announcements().back().find("without the signatures"),
              std::string::npos);
  }
  journal_erasure(*steward, good);
  EXPECT_EQ(readable("deputy"), 2U);
}

TEST_F(TheVault, AnErasureSignedByADeviceThatWasRemovedLongBeforeIsNotBelieved) {
  const auto subject = case_of(*must(synced("steward")), 2);
  const auto erasure = statement(*must(synced("steward")), *must(synced("deputy")), subject, 1);
  office_.clock.pass(std::chrono::hours(48));
  const auto steward = must(synced("steward"));
  auto roster = steward->casework->rosters().newest();
  ++roster.number;
  roster.previous = steward->casework->rosters().newest_hash();
  roster.issued = hour_of(office_.clock.now());
  std::erase_if(roster.devices, [](const auto& device) { return device.name == "deputy"; });
  const auto& stewardship = *steward->home.keyring().stewardship;
  must(publish_roster(steward->staff, roster.number,
                      crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                          stewardship.operations)));
  const auto now = hour_of(office_.clock.now());
  const auto after = must(synced("steward"));
  const RosterHistory& rosters = after->casework->rosters();
  ASSERT_TRUE(rosters.all().front().devices.front().valid_on(crypto::day_of(now) + 35));

  EXPECT_TRUE(signed_by_two(erasure, rosters, now + 29 * 24, office_.pin.region));
  EXPECT_FALSE(signed_by_two(erasure, rosters, now + 35 * 24, office_.pin.region));
}

TEST_F(TheVault, WhoWritesAfterAnErasureFindsSomebodyUnderANewCase) {
  const auto steward = must(synced("steward"));
  const auto deputy = must(synced("deputy"));
  const auto subject = case_of(*steward, 2);
  erase(*steward, *deputy, subject);

  office_.send(office_.report(0x20, 7));
  EXPECT_EQ(must(deputy->duty.take_in()).fresh, 1U);
  office_.send(office_.report(0x20, 8));
  EXPECT_EQ(must(must(synced("steward"))->duty.take_in()).fresh, 1U);

  EXPECT_EQ(office_.server.waiting(), 0U) << "or its epoch could never be closed";
  const auto anew = must(synced("steward"));
  const auto next = case_of(*anew, 7);
  EXPECT_NE(next, subject);
  EXPECT_EQ(case_of(*anew, 8), next);
  EXPECT_TRUE(anew->casework->index().find(next)->reports.back().continues);
  EXPECT_FALSE(anew->casework->index().find(subject)->readable);
  EXPECT_TRUE(office_.server.erased(slot(subject)));

  // And again.
  erase(*anew, *must(synced("deputy")), next);
  office_.send(office_.report(0x20, 9));
  EXPECT_EQ(must(must(synced("deputy"))->duty.take_in()).fresh, 1U);
  EXPECT_NE(case_of(*must(synced("steward")), 9), next);
}

TEST_F(TheVault, ACaseTakenInWhileItChangesIsUnderTheNewOne) {
  send(4);
  const auto deputy = must(synced("deputy"));
  // Between the deputy's slot and its event.
  office_.server.before_append([&] { must(renew("steward")); });
  must(deputy->duty.take_in());

  const auto subject = case_of(*deputy, 4);
  EXPECT_EQ(version_of(subject), 2U);
  EXPECT_EQ(readable("steward"), 4U);
  must(renew("steward"));
  EXPECT_EQ(readable("deputy"), 4U);
  EXPECT_EQ(readable("steward"), 4U);
}

TEST_F(TheVault, ASlotOfADeviceThatWasKilledBeforeItsFirstEventIsUsedAgain) {
  send(4);
  const auto deputy = must(synced("deputy"));
  office_.server.kill_at(2, FakeServer::Moment::after);  // take; slot
  EXPECT_THROW(must(deputy->duty.take_in()), Killed);
  office_.server.spare();
  office_.server.forget_leases();
  // Every device that had the first vault's key destroys it; nobody knows of the slot.
  must(renew("steward"));
  must(synced("deputy"));

  const auto steward = must(synced("steward"));
  must(steward->duty.take_in());

  EXPECT_EQ(version_of(case_of(*steward, 4)), 2U);
  EXPECT_EQ(readable("deputy"), 4U);
}

TEST_F(TheVault, AnOldGrantDoesNotBringADestroyedKeyBack) {
  const auto before = office_.server.backup();
  const auto steward = must(synced("steward"));
  const auto old = steward->home.keyring().vault(1)->clone();
  must(renew("steward"));
  must(synced("deputy"));
  must(grant_vault(*steward->casework, steward->staff, old,
                   crypto::day_of(hour_of(office_.clock.now()))));

  must(synced("deputy"));

  expect_closed_before(2, "deputy");
}

TEST_F(TheVault, TheScreenSaysWhenAnErasureIsComplete) {
  const auto state = [&](const std::string& name, const crypto::CaseId& subject) {
    const auto seat = must(synced(name));
    return erasure_state(subject, seat->casework->vault_history(), seat->casework->rosters(),
                         hour_of(office_.clock.now()));
  };
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  EXPECT_FALSE(state("steward", subject).erased);
  EXPECT_NE(describe(state("steward", subject)).find("not been erased"), std::string::npos);
  erase(*steward, *must(synced("deputy")), subject);

  EXPECT_FALSE(state("steward", subject).vault_changed);
  EXPECT_NE(describe(state("steward", subject)).find("steward renew"), std::string::npos);
  must(renew("steward"));
  const auto changed = state("steward", subject);
  EXPECT_EQ(changed.devices, std::vector<std::string>{"deputy"});
  EXPECT_NE(describe(changed).find("'deputy'"), std::string::npos);
  must(synced("deputy"));
  EXPECT_TRUE(state("steward", subject).devices.empty());
  EXPECT_FALSE(state("steward", subject).complete);
  office_.clock.pass(std::chrono::hours(backup_hours));
  EXPECT_TRUE(state("steward", subject).complete);
  EXPECT_NE(describe(state("steward", subject)).find("complete"), std::string::npos);
}

}  // namespace
}  // namespace meldpunt::client::test
