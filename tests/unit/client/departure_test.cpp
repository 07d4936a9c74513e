#include "tests/unit/client/as_time_goes_on.h"

namespace meldpunt::client::test {
namespace {

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
  for (int step = 1; step < 60; step += every(8)) {
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

}  // namespace
}  // namespace meldpunt::client::test
