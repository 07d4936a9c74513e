#include "client/lib/staff_box.h"

#include <gtest/gtest.h>

#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

using crypto::ObjectKind;

class TheStaffBox : public testing::Test {
 protected:
  TheStaffBox() { office_.enrol_device("shelter", crypto::DeviceRole::partner); }

  void gives(const std::string& device, ObjectKind kind, std::string_view content) {
    const auto seat = office_.seat(device);
    must(give_to_staff(seat->home, seat->staff, kind, crypto::as_bytes(content)));
  }
  // One round of a fresh process.
  StaffBoxCounts taken_by(const std::string& device) {
    const auto seat = office_.seat(device);
    must(seat->casework->sync());
    const auto counts = must(seat->duty.take_staff_box());
    alarms_ = seat->duty.take_alarms();
    return counts;
  }
  // What the journal holds of that kind, read by a fresh process.
  std::vector<std::string> received(ObjectKind kind) {
    const auto seat = office_.seat("steward");
    must(seat->casework->sync());
    std::vector<std::string> contents;
    for (const ReceivedObject& object : seat->casework->received().of(kind)) {
      contents.emplace_back(crypto::as_text(object.content));
    }
    return contents;
  }
  // Puts what the shelter's device would have sealed.
  void puts(const crypto::Buffer& boxed) {
    const auto seat = office_.seat("shelter");
    must(seat->staff.ask(
        crypto::Put{crypto::MailboxKind::box, crypto::staff_box(), 0, 0, {}, boxed}));
  }

  Office office_;
  std::vector<std::string> alarms_;
};

TEST_F(TheStaffBox, BringsWhatADeviceGivesIntoTheJournalOnce) {
  gives("shelter", ObjectKind::device_successor, "a successor");

  EXPECT_EQ(taken_by("steward").fresh, 1U);
  EXPECT_EQ(taken_by("steward").fresh, 0U);

  EXPECT_EQ(received(ObjectKind::device_successor), std::vector<std::string>{"a successor"});
  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(TheStaffBox, WhatNobodyCanOpenHidesNothingBehindIt) {
  const auto other = crypto::EpochSecret::generate();
  {
    const auto seat = office_.seat("shelter");
    const auto boxed = [&] {
      return *crypto::seal_to_staff(ObjectKind::device_successor, crypto::as_bytes("never read"),
                                    other.public_key(), seat->home.keys().id,
                                    seat->home.keys().signing, office_.pin.region);
    };
    for (int i = 0; i < 80; ++i) puts(boxed());
  }
  gives("shelter", ObjectKind::device_successor, "behind them");

  const auto counts = taken_by("steward");

  EXPECT_EQ(counts.fresh, 1U);
  EXPECT_EQ(counts.left, 80U);
  EXPECT_EQ(taken_by("steward").left, 80U) << "they are looked at again";
  EXPECT_EQ(received(ObjectKind::device_successor), std::vector<std::string>{"behind them"});
}

TEST_F(TheStaffBox, KilledAtAnyStepItJournalsEachObjectExactlyOnce) {
  std::size_t given = 0;
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    int step = 0;
    for (bool killed = true; killed;) {
      SCOPED_TRACE(++step);
      gives("shelter", ObjectKind::device_successor, "object " + std::to_string(given++));
      office_.server.kill_at(step, moment);
      killed = false;
      try {
        taken_by("steward");
      } catch (const Killed&) {
        killed = true;
      }
      office_.server.spare();
      office_.server.forget_leases();

      taken_by("steward");

      EXPECT_EQ(received(ObjectKind::device_successor).size(), given);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
    EXPECT_GE(step, 6) << "roster, box, journal, take, append, acknowledge";
  }
}

TEST_F(TheStaffBox, DoubtsWhatTheGiversRoleMayNotGive) {
  gives("shelter", ObjectKind::release_receipt, "a receipt");

  EXPECT_EQ(taken_by("steward").doubted, 1U);

  EXPECT_TRUE(received(ObjectKind::release_receipt).empty());
  ASSERT_EQ(alarms_.size(), 1U);
  EXPECT_NE(alarms_[0].find("'shelter'"), std::string::npos);
  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(TheStaffBox, LeavesWhatNobodySignedAndSaysSoOnce) {
  const auto seat = office_.seat("shelter");
  const DeviceKeys& keys = seat->home.keys();
  auto boxed = *crypto::seal_to_staff(ObjectKind::device_successor, crypto::as_bytes("x"),
                                      office_.team, keys.id, keys.signing, office_.pin.region);
  boxed.back() ^= 1;
  puts(boxed);
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());

  EXPECT_EQ(must(steward->duty.take_staff_box()).left, 1U);
  EXPECT_EQ(steward->duty.take_alarms().size(), 1U);
  EXPECT_EQ(must(steward->duty.take_staff_box()).left, 1U);
  EXPECT_EQ(steward->duty.take_alarms().size(), 0U);

  EXPECT_EQ(office_.server.boxed(), 1U);
}

TEST_F(TheStaffBox, LeavesWhatIsOfAnEpochWithoutItsSecret) {
  const auto other = crypto::OpeningKey<crypto::role::Epoch>::generate();
  const auto seat = office_.seat("shelter");
  const DeviceKeys& keys = seat->home.keys();
  puts(*crypto::seal_to_staff(ObjectKind::device_successor, crypto::as_bytes("x"),
                              other.public_key(), keys.id, keys.signing, office_.pin.region));

  EXPECT_EQ(taken_by("steward").left, 1U);

  EXPECT_EQ(office_.server.boxed(), 1U);
}

TEST_F(TheStaffBox, TwoDevicesThatEmptyItAtOnceJournalAnObjectOnce) {
  office_.enrol_device("deputy");
  gives("shelter", ObjectKind::device_successor, "a successor");
  const auto steward = office_.seat("steward");
  const auto deputy = office_.seat("deputy");
  must(steward->casework->sync());
  must(deputy->casework->sync());

  office_.server.before_append([&] {
    office_.server.forget_leases();
    must(deputy->duty.take_staff_box());
  });
  EXPECT_EQ(must(steward->duty.take_staff_box()).fresh, 0U);

  EXPECT_EQ(received(ObjectKind::device_successor), std::vector<std::string>{"a successor"});
}

TEST_F(TheStaffBox, IsNoKeyToADeviceThatCollectsKeys) {
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  const auto* shelter =
      steward->casework->rosters().newest().find(office_.seat("shelter")->home.keys().id);
  const auto boxed = *crypto::seal_to_device(ObjectKind::escalation, crypto::as_bytes("x"),
                                             *shelter, steward->home.keys().id,
                                             steward->home.keys().signing, office_.pin.region);
  must(steward->staff.ask(
      crypto::Put{crypto::MailboxKind::box, crypto::box_of(shelter->id), 0, 0, {}, boxed}));

  must(office_.seat("shelter")->casework->collect_grants());

  EXPECT_EQ(office_.server.boxed(), 1U);
}

}  // namespace
}  // namespace meldpunt::client::test
