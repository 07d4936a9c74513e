#include "client/lib/duty.h"

#include <gtest/gtest.h>

#include "client/lib/duty_rounds.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

class OnDuty : public testing::Test {
 protected:
  // The reports in the case file, from a fresh start of the device.
  std::vector<crypto::ReportId> filed() {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    std::vector<crypto::ReportId> ids;
    for (const auto& [id, entry] : seat->casework->index().cases()) {
      for (const ReportEntry& report : entry.reports) ids.push_back(report.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  bool dies_taking_in() {
    try {
      must(office_.seat("steward")->duty.take_in());
      return false;
    } catch (const Killed&) {
      return true;
    }
  }

  Office office_;
};

// Whatever request the process is killed at, once more and all is there once.
TEST_F(OnDuty, KilledAtAnyStepItTakesInEachReportExactlyOnce) {
  must(
      office_.seat("steward")->casework->sync());  // the bundles are journaled, the roster is known
  std::uint8_t number = 1;
  std::vector<crypto::ReportId> sent;
  const auto send = [&](std::uint8_t thread) {
    office_.send(office_.report(thread, number));
    sent.push_back(id_of<crypto::ReportId>(number++));
  };
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      send(0x10);                                      // of a known thread
      send(static_cast<std::uint8_t>(0x40 + number));  // of a new one
      office_.server.kill_at(step, moment);
      killed = dies_taking_in();
      office_.server.spare();
      office_.server.forget_leases();

      must(office_.seat("steward")->duty.take_in());

      EXPECT_EQ(office_.server.waiting(), 0U);
      EXPECT_EQ(filed(), sent);
    }
    EXPECT_GE(step, 12) << "roster, box, head, journal; twice take, slot, journal, acknowledge";
  }
}

TEST_F(OnDuty, TwoDevicesThatTakeInTheSameThreadMeetInOneCase) {
  office_.enrol_device("deputy");
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  must(steward->casework->sync());
  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x10, 2));

  office_.server.before_append([&] { must(deputy->duty.take_in()); });
  must(steward->duty.take_in());

  const std::vector expected{id_of<crypto::ReportId>(1), id_of<crypto::ReportId>(2)};
  EXPECT_EQ(filed(), expected);
  EXPECT_EQ(steward->casework->index().cases().size(), 1U);
}

TEST_F(OnDuty, TheSameReportTakenInByTwoDevicesIsFiledOnce) {
  office_.enrol_device("deputy");
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());
  must(steward->casework->sync());
  office_.send(office_.report(0x10, 1));

  // The steward's lease has run out when it comes to the journal, and the deputy has been there.
  office_.server.before_append([&] {
    office_.server.forget_leases();
    must(deputy->duty.take_in());
  });
  const auto counts = must(steward->duty.take_in());

  EXPECT_EQ(counts.fresh, 0U);
  EXPECT_EQ(counts.known, 1U);
  EXPECT_EQ(filed().size(), 1U);
}

TEST_F(OnDuty, WithoutTheEpochSecretItReleasesAndGoesOn) {
  const auto other = crypto::EpochSecret::generate();
  const auto sealed =
      crypto::seal_report(office_.report(0x10, 1), other.public_key(), office_.pin.region);
  office_.server.put_report(*sealed);
  office_.send(office_.report(0x20, 2));
  const auto seat = office_.seat("steward");

  const auto counts = must(seat->duty.take_in());
  const auto again = must(seat->duty.take_in());

  EXPECT_EQ(counts.without_secret, 1U);
  EXPECT_EQ(counts.fresh, 1U);
  EXPECT_EQ(again.without_secret, 1U) << "it is released, not kept";
  EXPECT_EQ(office_.server.waiting(), 1U) << "and never acknowledged";
}

TEST_F(OnDuty, WhatDoesNotOpenUnderTheRightSecretIsJournaledAsJunkOnce) {
  auto sealed = *crypto::seal_report(office_.report(0x10, 1), office_.team, office_.pin.region);
  sealed.back() ^= 1;
  office_.server.put_report(sealed);
  office_.server.put_report(sealed);
  const auto seat = office_.seat("steward");

  const auto counts = must(seat->duty.take_in());

  EXPECT_EQ(counts.junk, 1U);
  EXPECT_EQ(counts.known, 1U);
  EXPECT_EQ(office_.server.waiting(), 0U);
  const auto fresh = office_.seat("steward");
  must(fresh->casework->sync());
  EXPECT_EQ(fresh->casework->index().junk_count(), 1U);
  EXPECT_TRUE(fresh->casework->index().cases().empty());
}

TEST_F(OnDuty, AMessageThatDoesNotFitItsThreadIsKeptAndMarked) {
  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x10, 2));
  auto forged = office_.report(0x10, 3, {{"urgency", {"ACUTE"}}});
  forged.thread.up_key = crypto::test::secret_of(0x99);
  office_.send(forged);
  const auto seat = office_.seat("steward");

  const auto counts = must(seat->duty.take_in());

  EXPECT_EQ(counts.fresh, 3U);
  const Case& entry = seat->casework->index().cases().begin()->second;
  ASSERT_EQ(entry.reports.size(), 3U);
  EXPECT_TRUE(entry.reports[0].continues);
  EXPECT_TRUE(entry.reports[1].continues);
  EXPECT_FALSE(entry.reports[2].continues);
  EXPECT_FALSE(entry.acute) << "a forger must not move the queue";
}

TEST_F(OnDuty, EachTickHasExactlyOneAddressWhateverWaits) {
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());
  EXPECT_EQ(must(seat->duty.write_address()), Written::dummy);
  EXPECT_EQ(must(seat->duty.write_address()), Written::nothing);

  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x20, 2));
  must(seat->duty.take_in());
  must(seat->casework->next());
  must(seat->casework->next());
  for (std::size_t tick = 1; tick <= 3; ++tick) {
    office_.server.next_tick();
    must(seat->staff.refresh());
    EXPECT_EQ(must(seat->duty.write_address()), tick <= 2 ? Written::reply : Written::dummy);
    EXPECT_EQ(must(seat->duty.write_address()), Written::nothing);
    EXPECT_EQ(office_.server.addresses().size(), tick + 1);
  }
  for (const auto& [name, bytes] : office_.server.addresses()) {
    EXPECT_EQ(bytes.size(), crypto::sealed_reply_size) << "a dummy is as long as a reply";
  }
}

TEST_F(OnDuty, ARestartInTheSameTickWritesNoSecondAddress) {
  {
    const auto seat = office_.seat("steward");
    must(seat->duty.take_in());
    must(seat->duty.write_address());
  }
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());

  EXPECT_EQ(must(seat->duty.write_address()), Written::nothing);
  EXPECT_EQ(office_.server.addresses().size(), 1U);
}

TEST_F(OnDuty, AnUrgentReplyOvertakesAnOlderOne) {
  office_.send(office_.report(0x10, 1));
  office_.send(office_.report(0x20, 2));
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());
  const auto older = *must(seat->casework->next());
  const auto urgent = *must(seat->casework->next());
  must(seat->casework->reply(older, {crypto::ReplyStatus::answer, false, "", "een"}));
  must(seat->casework->reply(urgent, {crypto::ReplyStatus::answer, true, "", "twee"}));

  must(seat->duty.write_address());

  EXPECT_TRUE(seat->casework->index().find(urgent)->replies.back().posted);
  EXPECT_FALSE(seat->casework->index().find(older)->replies.back().posted);
}

TEST_F(OnDuty, KilledAfterThePutItPostsTheSameBytesAgain) {
  office_.send(office_.report(0x10, 1));
  {
    const auto seat = office_.seat("steward");
    must(seat->duty.take_in());
    must(seat->casework->next());
    office_.server.kill_at(1, FakeServer::Moment::after);
    EXPECT_THROW(must(seat->duty.write_address()), Killed);
  }
  EXPECT_EQ(office_.server.addresses().size(), 1U);
  office_.server.next_tick();
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());

  EXPECT_EQ(must(seat->duty.write_address()), Written::reply);
  EXPECT_EQ(office_.server.addresses().size(), 1U);
  EXPECT_EQ(seat->duty.waiting_replies(), 0U);
}

TEST_F(OnDuty, OnlyOneDeviceHoldsTheLease) {
  office_.enrol_device("deputy");
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");

  EXPECT_EQ(must(steward->duty.hold()), Lease::ours);
  EXPECT_EQ(must(steward->duty.hold()), Lease::ours);
  EXPECT_EQ(must(deputy->duty.hold()), Lease::elsewhere);
  must(steward->duty.give_up());
  EXPECT_EQ(must(deputy->duty.hold()), Lease::ours);
}

TEST_F(OnDuty, ANewRequestKeyOfTheDaemonIsNoticedAndUsed) {
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());
  office_.server.change_request_key();
  office_.send(office_.report(0x10, 1));

  EXPECT_EQ(must(seat->duty.take_in()).fresh, 1U);
}

TEST_F(OnDuty, AKeyThatOnlyStrangersAreShownRaisesAnAlarm) {
  const auto seat = office_.seat("steward");
  must(seat->duty.take_in());
  const auto door = office_.server.stranger();
  EXPECT_TRUE(must(seat->duty.check_public_notice(*door, std::chrono::seconds(1))).empty());

  // Signed by the stolen operations key, but never journaled.
  const auto other = crypto::EpochSecret::generate().public_key();
  const auto& stewardship = *seat->home.keyring().stewardship;
  Founding founding;
  must(read_daemon_public(office_.server.public_keys(), founding));
  const crypto::Bundle bundle{crypto::day_of(hour_of(office_.clock.now())),
                              2,
                              crypto::epoch_of(other),
                              other,
                              founding.daemon,
                              office_.pin.endpoints,
                              office_.pin.server};
  office_.server.show_strangers(crypto::sign_bundle(
      bundle, office_.pin.region, stewardship.certificate, stewardship.operations));

  EXPECT_EQ(must(seat->duty.check_public_notice(*door, std::chrono::seconds(1))).size(), 1U);
}

class Watching : public DutyWatcher {
 public:
  void taken_in(const TakenInCounts& counts) override { fresh += counts.fresh; }
  void wrote(Written written) override { writes.push_back(written); }
  void alarm(const std::string& sentence) override { alarms.push_back(sentence); }
  void waits(const std::string&) override { ++waited; }

  std::size_t fresh = 0;
  std::vector<Written> writes;
  std::vector<std::string> alarms;
  int waited = 0;
};

TEST_F(OnDuty, OneRoundTakesInEverythingWritesOneAddressAndGivesTheLeaseBack) {
  office_.enrol_device("deputy");
  office_.send(office_.report(0x10, 1));
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");
  Watching watching;
  DutyRounds rounds(steward->duty, *steward->casework, steward->staff, office_.clock, nullptr,
                    watching, {.once = true});

  must(rounds.run([] { return false; }));

  EXPECT_EQ(watching.fresh, 1U);
  EXPECT_EQ(watching.writes, std::vector{Written::dummy});
  EXPECT_EQ(must(deputy->duty.hold()), Lease::ours);
}

TEST_F(OnDuty, RunningItLeavesTheTickInWhichItCameAloneAndWritesOnceInEachLater) {
  const auto seat = office_.seat("steward");
  Watching watching;
  DutyRounds rounds(seat->duty, *seat->casework, seat->staff, office_.clock, nullptr, watching, {});
  const auto start = office_.clock.steady();
  int ticks = 0;

  must(rounds.run([&] {
    const auto passed = office_.clock.steady() - start;
    while (ticks < passed / std::chrono::seconds(600)) {
      ++ticks;
      office_.server.next_tick();
    }
    return ticks == 4;
  }));

  EXPECT_EQ(watching.writes.size(), 3U);
  EXPECT_EQ(office_.server.addresses().size(), 3U);
}

}  // namespace
}  // namespace meldpunt::client::test
