#include "client/lib/case_bundles.h"
#include "tests/unit/client/as_time_goes_on.h"

namespace meldpunt::client::test {
namespace {

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
    for (int step = 1; step < 48; step += every(6)) {
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

TEST_F(AsTimeGoesOn, BundlesForNewKeysOfTheDaemonWaitForItToHaveThem) {
  const auto steward = synced("steward");
  const auto daemon = crypto::SigningKey<crypto::role::Daemon>::generate();
  const DaemonPublic keys{daemon.public_key(), office_.pin.server};
  Renewed renewed;
  const auto file =
      must(renew_for_operator(steward->home, *steward->casework, {nullptr, &keys, {}, false},
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

}  // namespace
}  // namespace meldpunt::client::test
