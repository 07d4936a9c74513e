// What devices put and take among themselves: boxes, the duty, bundles and rosters.
#include "crypto/boxed.h"
#include "tests/unit/server/mailboxes.h"

namespace meldpunt::server {
namespace {

TEST_F(Mailboxes, ABoxIsTakenByItsOwnerAlone) {
  const auto box = crypto::box_of(partner_.entry.id);
  const crypto::Put put{MailboxKind::box, box, 0, 0, {}, crypto::Buffer(100, 4)};
  EXPECT_EQ(daemon_.as_stranger(put).status, Status::refused);
  EXPECT_EQ(daemon_.as(partner_, put).status, Status::refused) << "not even into its own";
  ASSERT_EQ(daemon_.as(coordinator_, put).status, Status::ok);
  const crypto::Take take{MailboxKind::box, box};

  EXPECT_EQ(daemon_.as(coordinator_, take).status, Status::refused);
  const auto taken = daemon_.as(partner_, take);
  ASSERT_EQ(taken.status, Status::ok);
  EXPECT_EQ(taken.payload, put.bytes);
  const crypto::Acknowledge acknowledge{MailboxKind::box, box, taken.id};
  EXPECT_EQ(daemon_.as(partner_, acknowledge).status, Status::ok);
  EXPECT_EQ(daemon_.as(partner_, take).status, Status::nothing);
}

TEST_F(Mailboxes, EveryDeviceMayWriteToTheStaffAndCoordinatorsRead) {
  const crypto::Put put{MailboxKind::box, crypto::staff_box(), 0, 0, {}, crypto::Buffer(100, 4)};
  ASSERT_EQ(daemon_.as(partner_, put).status, Status::ok);
  const crypto::Take take{MailboxKind::box, crypto::staff_box()};

  EXPECT_EQ(daemon_.as(partner_, take).status, Status::refused);
  EXPECT_EQ(daemon_.as(coordinator_, take).status, Status::ok);
}

TEST_F(Mailboxes, ACoordinatorIsToldHowMuchAnEpochStillHoldsLeasedOrNot) {
  const std::uint64_t epoch = crypto::Reader(daemon_.region.bundle.epoch.view()).u32();
  const crypto::Get count{MailboxKind::intake, nameless_, epoch};
  ASSERT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);
  ASSERT_EQ(daemon_.as_stranger(report(4)).status, Status::ok);
  const auto leased = daemon_.as(steward_, crypto::Take{MailboxKind::intake, nameless_});

  const auto both = daemon_.as(coordinator_, count);
  EXPECT_EQ(both.status, Status::ok);
  EXPECT_EQ(both.position, 2U);
  EXPECT_TRUE(both.payload.empty());
  EXPECT_EQ(
      daemon_.as(coordinator_, crypto::Get{MailboxKind::intake, nameless_, epoch + 1}).position,
      0U);
  daemon_.as(steward_, crypto::Acknowledge{MailboxKind::intake, nameless_, leased.id});
  EXPECT_EQ(daemon_.as(coordinator_, count).position, 1U);
  EXPECT_EQ(daemon_.as(partner_, count).status, Status::refused);
  EXPECT_EQ(daemon_.as_stranger(count).status, Status::refused);
}

TEST_F(Mailboxes, TheStaffsBoxIsCountedByTheEpochThatAnObjectNames) {
  const auto& epoch = daemon_.region.bundle.epoch;
  const auto object =
      crypto::seal_to_staff(crypto::ObjectKind::release_receipt, {}, daemon_.region.bundle.team,
                            partner_.entry.id, partner_.signing, daemon_.region.id);
  crypto::Put put{MailboxKind::box, crypto::staff_box(), 0, 0, {}, *object};
  put.position = 77;  // what the giver says does not count
  ASSERT_EQ(daemon_.as(partner_, put).status, Status::ok);

  const auto counted = [&](const MailboxName& box, std::uint64_t position) {
    return daemon_.as(coordinator_, crypto::Get{MailboxKind::box, box, position});
  };
  EXPECT_EQ(counted(crypto::staff_box(), crypto::Reader(epoch.view()).u32()).position, 1U);
  EXPECT_EQ(counted(crypto::staff_box(), 77).position, 0U);
  EXPECT_EQ(counted(crypto::box_of(coordinator_.entry.id), 77).status, Status::refused);
}

TEST_F(Mailboxes, OneDeviceHoldsTheDuty) {
  const crypto::Take take{MailboxKind::duty, nameless_};
  EXPECT_EQ(daemon_.as(coordinator_, take).status, Status::ok);
  EXPECT_EQ(daemon_.as(coordinator_, take).status, Status::ok) << "renewed";
  const auto other = daemon_.as(steward_, take);
  EXPECT_EQ(other.status, Status::busy);
  EXPECT_GT(other.wait, 0U);
  EXPECT_EQ(daemon_.as(steward_, crypto::Release{MailboxKind::duty, nameless_, 0}).status,
            Status::ok);
  EXPECT_EQ(daemon_.as(steward_, take).status, Status::busy) << "only the holder releases";

  EXPECT_EQ(daemon_.as(coordinator_, crypto::Release{MailboxKind::duty, nameless_, 0}).status,
            Status::ok);
  EXPECT_EQ(daemon_.as(steward_, take).status, Status::ok);
  EXPECT_EQ(daemon_.as(partner_, take).status, Status::refused);
}

TEST_F(Mailboxes, OnlyTheStewardPutsABundleAndOnlyANewerOne) {
  auto& region = daemon_.region;
  crypto::Put put{MailboxKind::notice, {}, region.bundle.day, 0, {}, region.signed_bundle()};
  EXPECT_EQ(daemon_.as(coordinator_, put).status, Status::refused);
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::same);
  region.bundle.generation = 0;
  put.bytes = region.signed_bundle();
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::conflict);
  region.bundle.generation = 2;
  put.bytes = region.signed_bundle();
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::ok);
  EXPECT_EQ(daemon_.authority.bundle(region.bundle.day), put.bytes);
  put.bytes.back() ^= 1;
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::malformed);
  put.bytes.back() ^= 1;
  put.position += 1;
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::malformed) << "of another day";
  put.position = region.bundle.day + (std::uint64_t{1} << 32);
  EXPECT_EQ(daemon_.as(steward_, put).status, Status::malformed) << "the day only when cut short";

  const auto read =
      daemon_.as(partner_, crypto::Get{MailboxKind::notice, nameless_, region.bundle.day});
  EXPECT_EQ(read.status, Status::ok);
  EXPECT_EQ(read.position, region.bundle.day);
}

TEST_F(Mailboxes, ANewRosterIsInForceWhenItsLastPartIsThere) {
  auto next = daemon_.region.roster;
  next.number = 2;
  next.previous = crypto::hash_of_roster(daemon_.region.signed_roster());
  next.devices.pop_back();
  daemon_.region.roster = next;
  const auto rows = test::roster_rows(daemon_.region.signed_roster(), 2);
  for (const Write& row : rows) {
    EXPECT_EQ(daemon_.authority.roster()->number, 1U);
    const crypto::Put put{MailboxKind::roster, {}, row.item.position, 0, {}, row.item.bytes};
    EXPECT_EQ(daemon_.as(coordinator_, put).status, Status::refused);
    ASSERT_EQ(daemon_.as(steward_, put).status, Status::ok);
  }

  EXPECT_EQ(daemon_.authority.roster()->number, 2U);
  EXPECT_EQ(daemon_.as(partner_, crypto::Get{MailboxKind::roster, nameless_, 0}).status,
            Status::refused)
      << "a removed device is a stranger";
  const crypto::Put late{MailboxKind::roster, {}, rows[0].item.position, 0, {}, {}};
  EXPECT_EQ(daemon_.as(steward_, late).status, Status::conflict);
}

TEST_F(Mailboxes, ARosterThatDoesNotFollowIsNotInForce) {
  daemon_.region.roster.number = 2;  // previous stays zero
  for (const Write& row : test::roster_rows(daemon_.region.signed_roster(), 2)) {
    const crypto::Put put{MailboxKind::roster, {}, row.item.position, 0, {}, row.item.bytes};
    ASSERT_EQ(daemon_.as(steward_, put).status, Status::ok);
  }

  EXPECT_EQ(daemon_.authority.roster()->number, 1U);
}

TEST_F(Mailboxes, AVerbThatTheKindDoesNotHaveIsRefused) {
  const std::vector<crypto::Request> requests{
      crypto::Get{MailboxKind::duty, nameless_, 1},
      crypto::Take{MailboxKind::journal, nameless_},
      crypto::Burn{MailboxKind::slot, filled<32>(9), {}},
      crypto::Erase{MailboxKind::journal, nameless_, 1, {}},
      crypto::Acknowledge{MailboxKind::duty, nameless_, 1},
      crypto::Put{MailboxKind::duty, nameless_, 1, 0, {}, {}},
  };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(daemon_.as(steward_, requests[i]).status, Status::refused);
  }
}

}  // namespace
}  // namespace meldpunt::server
