#include "client/lib/renewal.h"

#include <gtest/gtest.h>

#include "client/lib/case_bundles.h"
#include "crypto/boxed.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

using std::chrono::hours;

class AsTimeGoesOn : public testing::Test {
 protected:
  static constexpr hours a_day{24};

  [[nodiscard]] crypto::Day today() const { return crypto::day_of(hour_of(office_.clock.now())); }
  void days_pass(int days) { office_.clock.pass(a_day * days); }

  std::unique_ptr<Seat> synced(const std::string& name) {
    auto seat = office_.seat(name);
    must(seat->casework->sync());
    return seat;
  }
  Renewed renew_now(const RenewalWishes& wishes = {}) {
    const auto seat = synced("steward");
    return must(renew(seat->home, *seat->casework, seat->staff, wishes, office_.clock.now()));
  }
  Outcome<Renewed> revoke_now(const std::string& name, int* vault_changes = nullptr) {
    const auto seat = synced("steward");
    const auto device = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    return revoke(
        seat->home, *seat->casework, seat->staff, device.keys().id,
        [&]() -> Outcome<void> {
          if (vault_changes != nullptr) ++*vault_changes;
          return {};
        },
        office_.clock.now());
  }
  [[nodiscard]] crypto::Bundle bundle_of(crypto::Day day) {
    return crypto::verify_bundle(office_.server.bundles().at(day), office_.pin).value();
  }
  // A report as a reporter of today would seal it.
  void send_today(std::uint8_t thread, std::uint8_t number) {
    office_.team = bundle_of(today()).team;
    office_.send(office_.report(thread, number));
  }
  RootKey root() {
    return must(open_root_key(must(read_file(office_.path_of("out") / "root.key", 4096)),
                              crypto::as_bytes(passphrase), office_.pin));
  }
  std::vector<std::string> told(Seat& seat) { return seat.casework->take_announcements(); }
  static bool says(const std::vector<std::string>& sentences, std::string_view part) {
    return std::ranges::any_of(sentences, [&](const std::string& sentence) {
      return sentence.find(part) != std::string::npos;
    });
  }

  Office office_;
};

TEST_F(AsTimeGoesOn, EveryDayHasAnEpochOfItsOwn) {
  std::set<crypto::EpochId> epochs;
  for (const auto& [day, bytes] : office_.server.bundles()) epochs.insert(bundle_of(day).epoch);

  EXPECT_EQ(office_.server.bundles().size(), 36U);
  EXPECT_EQ(epochs.size(), 36U);
}

TEST_F(AsTimeGoesOn, ARenewalFillsTheDaysAheadAndGivesColleaguesTheSecrets) {
  office_.enrol_device("deputy");
  synced("deputy");
  days_pass(20);

  const Renewed renewed = renew_now();

  EXPECT_EQ(renewed.bundles, 20U);
  EXPECT_EQ(renewed.last_day, today() + 34);
  EXPECT_EQ(renewed.grants, 1U);
  EXPECT_EQ(renew_now().bundles, 0U) << "nothing is left to do";
  const auto deputy = synced("deputy");
  for (crypto::Day day = today(); day <= today() + 34; ++day) {
    EXPECT_NE(deputy->home.keyring().epoch(bundle_of(day).epoch), nullptr) << day;
    const IssuedBundle* journaled = deputy->casework->index().bundle_of(day);
    ASSERT_NE(journaled, nullptr);
    EXPECT_EQ(journaled->hash, hash_of_bundle(office_.server.bundles().at(day)));
  }
}

TEST_F(AsTimeGoesOn, ARenewalThatIsKilledAtAnyStepIsFinishedByTheNext) {
  office_.enrol_device("deputy");
  synced("deputy");
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    for (int step = 1; step < 48; step += 3) {
      SCOPED_TRACE(step);
      days_pass(1);
      office_.server.kill_at(step, moment);
      try {
        renew_now();
      } catch (const Killed&) {
      }
      office_.server.spare();
      office_.server.forget_leases();

      renew_now();

      EXPECT_FALSE(std::filesystem::exists(office_.path_of("steward") / "renewal"));
      const auto deputy = synced("deputy");
      const auto last = bundle_of(today() + 34);
      EXPECT_NE(deputy->home.keyring().epoch(last.epoch), nullptr);
      EXPECT_EQ(deputy->casework->index().bundle_of(last.day)->hash,
                hash_of_bundle(office_.server.bundles().at(last.day)));
    }
  }
}

TEST_F(AsTimeGoesOn, ThreeWeeksOfHolidayLoseNoReport) {
  synced("steward");
  std::uint8_t number = 1;
  for (int day = 0; day < 21; ++day) {
    send_today(0x10, number);
    send_today(static_cast<std::uint8_t>(0x20 + day), static_cast<std::uint8_t>(number + 100));
    ++number;
    days_pass(1);
  }
  {
    const auto other_commands = synced("steward");  // looks, and does not take in
    EXPECT_EQ(office_.server.waiting(), 42U);
    EXPECT_NE(other_commands->home.keyring().epoch_of_day(today() - 21), nullptr)
        << "nothing is closed while the intake holds a report of it";
  }
  const auto back = office_.seat("steward");
  const auto counts = must(back->duty.take_in());

  EXPECT_EQ(counts.fresh, 42U);
  EXPECT_EQ(counts.without_secret, 0U);
  EXPECT_EQ(office_.server.waiting(), 0U);
  EXPECT_EQ(back->home.keyring().epoch_of_day(today() - 21), nullptr) << "then it is closed";
  EXPECT_EQ(back->home.keyring().epoch_of_day(today() - 15), nullptr);
  EXPECT_NE(back->home.keyring().epoch_of_day(today() - 14), nullptr);
}

TEST_F(AsTimeGoesOn, AnEpochOfWhichAnotherDeviceHoldsALeaseIsNotClosed) {
  office_.enrol_device("deputy");
  send_today(0x10, 1);
  synced("deputy");
  days_pass(16);
  const auto deputy = synced("deputy");
  must(deputy->staff.ask(crypto::Take{crypto::MailboxKind::intake, {}}));

  const auto steward = office_.seat("steward");
  EXPECT_EQ(must(steward->duty.take_in()).fresh, 0U);
  EXPECT_NE(steward->home.keyring().epoch_of_day(today() - 16), nullptr);

  office_.server.forget_leases();
  EXPECT_EQ(must(steward->duty.take_in()).fresh, 1U);
  EXPECT_EQ(steward->home.keyring().epoch_of_day(today() - 16), nullptr);
}

// A clock that is ahead of the server's would close what reporters still seal to.
TEST_F(AsTimeGoesOn, ADeviceWhoseClockIsWeeksAheadClosesNothing) {
  synced("steward");
  FakeClock ahead(office_.clock.now() + a_day * 40);
  Seat seat(office_.path_of("steward"), office_.server, ahead);

  must(seat.casework->sync());

  EXPECT_NE(seat.home.keyring().epoch_of_day(today()), nullptr);
  const auto renewed = renew(seat.home, *seat.casework, seat.staff, {}, ahead.now());
  ASSERT_FALSE(renewed);
  EXPECT_EQ(renewed.error().exit_code, EX_CONFIG);
  EXPECT_NE(renewed.error().sentence.find("set this device's clock"), std::string::npos);
}

TEST_F(AsTimeGoesOn, AnEmptiedKeySupplyIsFilledThroughTheOperator) {
  office_.enrol_device("deputy");
  synced("deputy");
  days_pass(40);
  const auto steward = office_.seat("steward");
  const auto synced_now = steward->casework->sync();
  ASSERT_FALSE(synced_now) << "no bundle, no notice, no line";
  EXPECT_NE(synced_now.error().sentence.find("steward renew"), std::string::npos);

  Renewed renewed;
  const auto file =
      must(renew_for_operator(steward->home, *steward->casework, {}, office_.clock.now(), renewed));
  EXPECT_EQ(renewed.bundles, 35U);
  const auto again =
      must(renew_for_operator(steward->home, *steward->casework, {}, office_.clock.now(), renewed));
  EXPECT_EQ(again, file) << "asked twice, it is the same file";
  for (const auto& record : must(read_founding_file(file))) {
    office_.server.bundles()[static_cast<crypto::Day>(record.position)] = record.bytes;
  }
  send_today(0x10, 1);

  EXPECT_EQ(renew_now().grants, 1U) << "the colleagues' share follows";
  const auto deputy = office_.seat("deputy");
  EXPECT_EQ(must(deputy->duty.take_in()).fresh, 1U);
}

TEST_F(AsTimeGoesOn, WhatEndsIsSaidFourteenAndFiveDaysAhead) {
  synced("steward");
  const auto quiet = synced("steward");
  EXPECT_FALSE(says(told(*quiet), "bundles"));
  days_pass(35 - 15);
  const auto early = synced("steward");
  EXPECT_TRUE(says(told(*early), "the region's bundles end on"));
  EXPECT_FALSE(says(told(*early), "ALARM")) << "told once";
  days_pass(9);
  const auto late = synced("steward");
  EXPECT_TRUE(says(told(*late), "ALARM: the region's bundles end on"));
}

TEST_F(AsTimeGoesOn, AnotherRegionsRootKeyIsRefused) {
  const auto other = RootKey::generate();
  const auto locked =
      crypto::lock_with_passphrase(other.seed(), crypto::as_bytes(passphrase), quick);
  const auto next = must(read_file(office_.path_of("out") / "next-root.key", 4096));

  const auto opened = open_root_key(*locked, crypto::as_bytes(passphrase), office_.pin);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().exit_code, EX_DATAERR);
  const auto wrong = open_root_key(next, crypto::as_bytes("another"), office_.pin);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().exit_code, EX_NOPERM);
  EXPECT_FALSE(open_root_key(next, crypto::as_bytes(passphrase), office_.pin));
}

TEST_F(AsTimeGoesOn, ASecondStewardRenewsAndRevokesWithAKeyOfHerOwn) {
  office_.make_device("second");
  {
    const RootKey root_key = root();
    const auto steward = synced("steward");
    const auto file = must(read_file(office_.path_of("second") / "enrolment", 4096));
    must(enrol(steward->home, *steward->casework, steward->staff,
               must(read_enrolment(file, office_.pin)), crypto::DeviceRole::coordinator, &root_key,
               office_.clock.now()));
  }
  synced("second");
  days_pass(10);
  const auto second = synced("second");
  EXPECT_EQ(must(certificate_of(second->home)).steward, second->home.keys().id);
  EXPECT_NE(second->home.keyring().stewardship->certificate,
            synced("steward")->home.keyring().stewardship->certificate);

  const auto renewed =
      must(renew(second->home, *second->casework, second->staff, {}, office_.clock.now()));
  EXPECT_EQ(renewed.bundles, 10U);
  const auto first = synced("steward")->home.keys().id;
  must(revoke(second->home, *second->casework, second->staff, first, {}, office_.clock.now()));

  EXPECT_EQ(second->casework->rosters().newest().find(first), nullptr);
  EXPECT_FALSE(office_.seat("steward")->casework->sync());
}

TEST_F(AsTimeGoesOn, ARemovedCoordinatorReadsNothingNew) {
  office_.enrol_device("deputy");
  office_.enrol_device("leaver");
  synced("deputy");
  synced("leaver");
  const auto before = bundle_of(today());
  int vault_changes = 0;

  const Renewed renewed = must(revoke_now("leaver", &vault_changes));

  EXPECT_EQ(renewed.bundles, 36U) << "from yesterday's on: the server takes that one too";
  EXPECT_EQ(vault_changes, 1);
  const auto leaver = must(Home::open(office_.path_of("leaver"), crypto::as_bytes(passphrase)));
  for (crypto::Day day = today() - 1; day <= today() + 34; ++day) {
    EXPECT_EQ(leaver.keyring().epoch(bundle_of(day).epoch), nullptr);
    EXPECT_GT(bundle_of(day).generation, before.generation);
  }
  const auto refused = office_.seat("leaver")->casework->sync();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_NOPERM);
  send_today(0x10, 1);
  const auto deputy = office_.seat("deputy");
  EXPECT_EQ(must(deputy->duty.take_in()).fresh, 1U) << "who remains goes on";
  EXPECT_TRUE(says(told(*deputy), "'leaver' was removed"));
}

TEST_F(AsTimeGoesOn, ADepartureThatIsKilledAtAnyStepIsFinishedByTheNext) {
  for (int step = 1; step < 60; step += 5) {
    SCOPED_TRACE(step);
    const std::string name = "leaver " + std::to_string(step);
    office_.enrol_device(name);
    synced(name);
    office_.server.kill_at(step + 3, FakeServer::Moment::after);
    try {
      must(revoke_now(name));
    } catch (const Killed&) {
    }
    office_.server.spare();
    office_.server.forget_leases();

    must(revoke_now(name));

    const auto steward = synced("steward");
    EXPECT_FALSE(must(unfinished_departure(steward->home)));
    const auto leaver = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    for (crypto::Day day = today() - 1; day <= today() + 34; ++day) {
      ASSERT_EQ(leaver.keyring().epoch(bundle_of(day).epoch), nullptr);
    }
  }
}

TEST_F(AsTimeGoesOn, AnEventOfTheHourInWhichItsWriterWasRemovedStaysGood) {
  office_.enrol_device("leaver");
  send_today(0x10, 1);
  const auto leaver = office_.seat("leaver");
  must(leaver->duty.take_in());
  must(revoke_now("leaver"));

  office_.enrol_device("deputy");
  EXPECT_EQ(synced("deputy")->casework->index().report_count(), 1U);
}

TEST_F(AsTimeGoesOn, AnEventOfAWriterWhoseClockIsAheadStaysGood) {
  office_.enrol_device("leaver");
  FakeClock ahead(office_.clock.now() + hours(5));
  send_today(0x10, 1);
  Seat leaver(office_.path_of("leaver"), office_.server, ahead);
  must(leaver.duty.take_in());
  must(revoke_now("leaver"));

  office_.enrol_device("deputy");
  EXPECT_EQ(synced("deputy")->casework->index().report_count(), 1U);
}

TEST_F(AsTimeGoesOn, AGhostInTheRosterIsAnnouncedAndARosterThatNobodyJournalsIsAnAlarm) {
  office_.enrol_device("deputy");
  office_.make_device("ghost");
  const auto deputy = synced("deputy");
  told(*deputy);
  {
    // Whoever stole the steward's keys, and does not want to be seen.
    const auto thief = synced("steward");
    const auto& stewardship = *thief->home.keyring().stewardship;
    crypto::Roster roster = thief->casework->rosters().newest();
    roster.previous = thief->casework->rosters().newest_hash();
    ++roster.number;
    auto ghost = must(Home::open(office_.path_of("ghost"), crypto::as_bytes(passphrase)))
                     .keys()
                     .device("ghost");
    ghost.from = today();
    ghost.until = today() + 10;
    roster.devices.push_back(ghost);
    must(publish_roster(thief->staff, roster.number,
                        crypto::sign_roster(roster, office_.pin.region, stewardship.certificate,
                                            stewardship.operations)));
  }
  must(deputy->casework->sync());
  auto sentences = told(*deputy);
  EXPECT_TRUE(says(sentences, "the device 'ghost' was enrolled"));
  EXPECT_FALSE(says(sentences, "no steward has journaled it")) << "not within its own hour";

  office_.clock.pass(hours(1));
  must(deputy->casework->sync());
  EXPECT_TRUE(says(told(*deputy), "no steward has journaled it"));
  must(deputy->casework->sync());
  EXPECT_TRUE(told(*deputy).empty()) << "told once";
}

TEST_F(AsTimeGoesOn, ARosterOfAStewardWhoWasKilledIsJournaledByHerNextCommand) {
  office_.make_device("deputy");
  {
    const auto steward = synced("steward");
    office_.server.kill_at(3, FakeServer::Moment::before);  // both parts are there, no event
    const auto file = must(read_file(office_.path_of("deputy") / "enrolment", 4096));
    EXPECT_THROW(must(enrol(steward->home, *steward->casework, steward->staff,
                            must(read_enrolment(file, office_.pin)),
                            crypto::DeviceRole::coordinator, nullptr, office_.clock.now())),
                 Killed);
    office_.server.spare();
  }
  const auto steward = synced("steward");

  EXPECT_EQ(steward->casework->rosters().newest().number, 2U);
  EXPECT_EQ(steward->casework->rosters().journaled(), 2U);
}

TEST_F(AsTimeGoesOn, APinIsFollowedInOrderAndNeverBack) {
  const RootKey root_key = root();
  office_.make_device("deputy");
  Home steward = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  Home deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  const auto next_root = RootKey::generate();
  PinChanges changes;
  changes.reporters = "tcp://192.0.2.1:7400";
  changes.next_root = &next_root;
  const auto second = must(succeed_pin(steward, root_key, changes));
  const auto third = must(succeed_pin(steward, root_key, {}));

  const auto skipped = deputy.follow_pin(third);
  ASSERT_FALSE(skipped);
  EXPECT_NE(skipped.error().sentence.find("missing"), std::string::npos);
  must(deputy.follow_pin(second));
  must(deputy.follow_pin(third));
  const auto back = deputy.follow_pin(second);

  ASSERT_FALSE(back);
  EXPECT_NE(back.error().sentence.find("newest pin"), std::string::npos);
  EXPECT_EQ(deputy.pin().next_root, next_root.public_key());
  EXPECT_EQ(deputy.pin().endpoints.reporters, "tcp://192.0.2.1:7400");
  EXPECT_EQ(must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase))).pin().number,
            3U);
}

TEST_F(AsTimeGoesOn, BundlesForNewKeysOfTheDaemonWaitForItToHaveThem) {
  const auto steward = synced("steward");
  const auto daemon = crypto::SigningKey<crypto::role::Daemon>::generate();
  const DaemonPublic keys{daemon.public_key(), office_.pin.server};
  Renewed renewed;
  const auto file = must(renew_for_operator(steward->home, *steward->casework, {nullptr, &keys, {}},
                                            office_.clock.now(), renewed));
  EXPECT_EQ(renewed.bundles, 35U);
  for (const auto& record : must(read_founding_file(file))) {
    const auto bundle = crypto::verify_bundle(record.bytes, office_.pin).value();
    EXPECT_EQ(bundle.daemon, daemon.public_key());
    EXPECT_EQ(bundle.generation, 2U);
  }

  const auto early =
      renew(steward->home, *steward->casework, steward->staff, {}, office_.clock.now());

  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().exit_code, EX_TEMPFAIL);
  EXPECT_NE(early.error().sentence.find("operator"), std::string::npos);
  EXPECT_EQ(bundle_of(today()).generation, 1U);
}

// ---- a device's own keys

class ADeviceRenewed : public AsTimeGoesOn {
 protected:
  // What duty would have journaled of the staff's box.
  std::vector<WaitingSuccessor> waiting() {
    const auto steward = synced("steward");
    std::vector<crypto::Buffer> contents;
    std::vector<ReceivedSuccessor> received;
    contents.reserve(16);
    for (const crypto::Buffer& boxed : office_.server.boxed_bytes()) {
      const auto epoch = crypto::epoch_of_boxed(boxed);
      if (!epoch) continue;
      const auto* key = steward->home.keyring().epoch(*epoch);
      const auto object = crypto::open_boxed(boxed, *key, steward->casework->rosters().newest(),
                                             today(), office_.pin.region);
      if (!object || object->kind != crypto::ObjectKind::device_successor) continue;
      contents.emplace_back(object->content.view().begin(), object->content.view().end());
      received.push_back({object->from, contents.back()});
    }
    return waiting_successors(received, steward->casework->rosters().newest(), office_.pin.region);
  }
  DeviceRenewal ask(const std::string& name) {
    const auto seat = office_.seat(name);
    return must(renew_device(seat->home, seat->staff, office_.clock.now()));
  }
};

TEST_F(ADeviceRenewed, WorksWithItsOldKeysUntilTheRosterListsTheNewOnes) {
  office_.enrol_device("deputy");
  const auto first = synced("deputy")->home.keys().signing.public_key();
  days_pass(30);
  renew_now();
  days_pass(20);
  EXPECT_TRUE(says(told(*synced("deputy")), "this device's keys end on"));

  const DeviceRenewal asked = ask("deputy");
  const DeviceRenewal again = ask("deputy");
  EXPECT_FALSE(asked.in_force);
  EXPECT_EQ(asked.keys, again.keys);
  EXPECT_EQ(synced("deputy")->home.keys().signing.public_key(), first);

  const auto successors = waiting();
  ASSERT_EQ(successors.size(), 1U);
  EXPECT_EQ(hash_of_successor(successors.front().keys, office_.pin.region), asked.keys);
  const Renewed renewed = renew_now({nullptr, nullptr, successors});
  EXPECT_EQ(renewed.confirmed, 1U);
  EXPECT_TRUE(waiting().empty());

  auto deputy = office_.seat("deputy");
  ASSERT_FALSE(deputy->casework->sync()) << "its old connection key is unknown now";
  ASSERT_TRUE(deputy->home.try_successor());
  deputy->line = office_.server.line(deputy->home.keys().curve.public_key());
  Home home = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  ASSERT_TRUE(home.try_successor());
  NoticeSource notices(office_.pin, office_.clock);
  StaffLine staff(*deputy->line, notices, office_.clock);
  const auto settled = must(renew_device(home, staff, office_.clock.now()));
  EXPECT_TRUE(settled.in_force);
  EXPECT_EQ(settled.until, today() - 1 + crypto::coordinator_days);

  const auto after = synced("deputy");
  EXPECT_NE(after->home.keys().signing.public_key(), first);
  EXPECT_FALSE(after->home.keyring().successor);
  send_today(0x10, 1);
  EXPECT_EQ(must(office_.seat("deputy")->duty.take_in()).fresh, 1U);
}

TEST_F(ADeviceRenewed, AnOperationsKeyThatEndsIsRenewedWithTheRoot) {
  const RootKey root_key = root();
  for (int month = 0; month < 6; ++month) {
    days_pass(month == 5 ? 25 : 30);
    ask("steward");
    EXPECT_EQ(renew_now({nullptr, nullptr, waiting()}).confirmed, 1U) << "her own device's keys";
  }
  EXPECT_TRUE(says(told(*synced("steward")), "operations key and its certificate end on"));
  const Renewed cut = renew_now();
  EXPECT_TRUE(cut.cut_short);
  EXPECT_EQ(office_.server.bundles().rbegin()->first, cut.certificate_until);

  const Renewed renewed = renew_now({&root_key, nullptr, {}});

  EXPECT_EQ(renewed.certificate_until, today() - 1 + crypto::operations_days);
  EXPECT_EQ(renewed.last_day, today() + 34);
  EXPECT_FALSE(renewed.cut_short);
}

TEST_F(ADeviceRenewed, AfterTheOperationsKeyHasEndedOnlyTheRootHelps) {
  const RootKey root_key = root();
  for (int month = 0; month < 6; ++month) {
    days_pass(30);
    ask("steward");
    renew_now({nullptr, nullptr, waiting()});
  }
  days_pass(4);
  const auto steward = office_.seat("steward");
  ASSERT_FALSE(steward->casework->sync()) << "its last bundle was yesterday's";

  Renewed renewed;
  const auto refused =
      renew_for_operator(steward->home, *steward->casework, {}, office_.clock.now(), renewed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_CONFIG);
  EXPECT_NE(refused.error().sentence.find("--root-key"), std::string::npos);
  EXPECT_TRUE(renew_for_operator(steward->home, *steward->casework, {&root_key, nullptr, {}},
                                 office_.clock.now(), renewed));
  EXPECT_EQ(renewed.bundles, 35U);
}

TEST_F(ADeviceRenewed, IsNotBelievedWithKeysThatItDoesNotHave) {
  office_.enrol_device("deputy");
  const auto deputy = synced("deputy");
  const auto theirs = DeviceKeySet::generate();
  const auto other = DeviceKeySet::generate();
  const auto statement = crypto::sign_successor(theirs.public_keys(), deputy->home.keys().id,
                                                office_.pin.region, other.signing);
  const auto of_another = crypto::sign_successor(
      theirs.public_keys(), synced("steward")->home.keys().id, office_.pin.region, theirs.signing);
  const auto& roster = deputy->casework->rosters().newest();
  const auto& id = deputy->home.keys().id;

  EXPECT_TRUE(waiting_successors({{id, statement}}, roster, office_.pin.region).empty());
  EXPECT_TRUE(waiting_successors({{id, of_another}}, roster, office_.pin.region).empty());
}

}  // namespace
}  // namespace meldpunt::client::test
