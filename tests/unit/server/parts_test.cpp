// The small parts of the daemon, each on its own.
#include <gtest/gtest.h>

#include "server/admission.h"
#include "server/founding.h"
#include "server/hold.h"
#include "server/leases.h"
#include "server/mailboxes.h"
#include "server/metrics.h"
#include "server/outbox.h"
#include "server/recent.h"
#include "server/request_keys.h"
#include "server/transport/gatekeeper.h"
#include "server/work_queue.h"
#include "tests/support/in_process_daemon.h"

namespace meldpunt::server {
namespace {

using namespace std::chrono_literals;
using crypto::test::id_of;

TEST(Admission, AsksNothingBelowHalfAndMostAtTheQuota) {
  const struct {
    std::uint64_t waiting;
    std::uint8_t effort;
  } rows[] = {{0, 0}, {499, 0}, {500, 1}, {750, 5}, {1000, 9}, {5000, 9}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.waiting);
    EXPECT_EQ(Admission(1000, row.waiting).effort(), row.effort);
  }
}

TEST(Admission, GivesAsManyPlacesAsTheQuotaHas) {
  Admission admission(2, 1);
  EXPECT_TRUE(admission.reserve());
  EXPECT_FALSE(admission.reserve());
  admission.give_back();
  EXPECT_TRUE(admission.reserve());
  EXPECT_TRUE(admission.full());
}

TEST(RequestKeys, AreRenewedDailyAndForgottenOneHourLater) {
  const Moment start{};
  RequestKeys keys(start);
  const auto first = keys.current();
  EXPECT_FALSE(keys.turn(start + 19h));
  EXPECT_TRUE(keys.turn(start + 20h));
  EXPECT_NE(keys.current()->id, first->id);

  EXPECT_FALSE(keys.turn(start + 20h + 59min));
  EXPECT_EQ(keys.find(first->id), first);
  EXPECT_FALSE(keys.turn(start + 21h));
  EXPECT_EQ(keys.find(first->id), nullptr);
  EXPECT_NE(keys.find(keys.current()->id), nullptr);
}

TEST(Leases, AreLimitedPerDevice) {
  Leases leases;
  const auto device = id_of<crypto::DeviceId>(1);
  for (ItemId id = 1; id <= static_cast<ItemId>(leases_per_device); ++id) {
    ASSERT_TRUE(leases.take(id, device, Moment{}));
  }
  EXPECT_FALSE(leases.take(1000, device, Moment{}));
  EXPECT_TRUE(leases.take(1000, id_of<crypto::DeviceId>(2), Moment{}));
  EXPECT_EQ(leases.out_of_reach(device, Moment{}), leases_per_device + 1);
  EXPECT_EQ(leases.out_of_reach(device, Moment{} + lease_length), 0U);
  EXPECT_TRUE(leases.take(1001, device, Moment{} + lease_length));
}

TEST(Leases, PassOverWhatADeviceLetGoUntilItHasSeenTheRest) {
  Leases leases;
  const auto one = id_of<crypto::DeviceId>(1);
  const auto other = id_of<crypto::DeviceId>(2);
  ASSERT_TRUE(leases.take(7, one, Moment{}));
  leases.let_go(7, one, Moment{});

  EXPECT_FALSE(leases.take(7, one, Moment{}));
  EXPECT_EQ(leases.out_of_reach(one, Moment{}), 1U);
  EXPECT_EQ(leases.out_of_reach(other, Moment{}), 0U);
  EXPECT_TRUE(leases.take(7, other, Moment{}));
  leases.let_go(7, other, Moment{});
  leases.start_anew(other);
  EXPECT_TRUE(leases.take(7, other, Moment{}));
  leases.drop(7);
  EXPECT_TRUE(leases.take(7, one, Moment{} + lease_length)) << "or when it never asks to the end";
}

TEST(Leases, RememberNoEndlessList) {
  Leases leases;
  const auto device = id_of<crypto::DeviceId>(1);
  for (ItemId id = 0; id < 2 * static_cast<ItemId>(passed_over_per_device); ++id) {
    leases.let_go(id, device, Moment{});
  }
  EXPECT_EQ(leases.out_of_reach(device, Moment{}), passed_over_per_device);
}

TEST(Recent, RemembersTheLastOnes) {
  Recent recent(2);
  recent.remember(id_of<crypto::Hash>(1));
  recent.remember(id_of<crypto::Hash>(2));
  recent.remember(id_of<crypto::Hash>(2));
  EXPECT_TRUE(recent.knows(id_of<crypto::Hash>(1)));
  recent.remember(id_of<crypto::Hash>(3));
  EXPECT_FALSE(recent.knows(id_of<crypto::Hash>(1)));
  EXPECT_TRUE(recent.knows(id_of<crypto::Hash>(2)));
}

class HoldTest : public testing::Test {
 protected:
  static Origin from(Door door, std::chrono::milliseconds arrived) {
    Origin origin;
    origin.door = door;
    origin.arrived = Moment(arrived);
    return origin;
  }
  Hold hold_{250ms};
};

TEST_F(HoldTest, AnswersReportersOnTheGrid) {
  const struct {
    std::chrono::microseconds ready;
    std::chrono::milliseconds due;
  } rows[] = {{1000ms, 1250ms},    {1001ms, 1250ms}, {1249ms, 1250ms}, {1250ms, 1250ms},
              {1250001us, 1500ms}, {1700ms, 1750ms}, {900ms, 1250ms}};  // a clock that went back
  for (const auto& row : rows) {
    SCOPED_TRACE(row.ready.count());
    EXPECT_EQ(hold_.due_at(from(Door::reporters, 1000ms), Moment(row.ready)), Moment(row.due));
  }
}

TEST_F(HoldTest, AnswersStaffAtOnceAndHandsOutWhatIsDueInOrder) {
  EXPECT_EQ(hold_.due_at(from(Door::staff, 1000ms), Moment(1001ms)), Moment(1001ms));
  hold_.add({from(Door::reporters, 100ms), nullptr}, Moment(110ms));
  hold_.add({from(Door::reporters, 50ms), nullptr}, Moment(110ms));
  hold_.add({from(Door::staff, 100ms), nullptr}, Moment(110ms));

  EXPECT_EQ(hold_.due(Moment(110ms))->origin.door, Door::staff);
  EXPECT_FALSE(hold_.due(Moment(299ms)));
  EXPECT_EQ(hold_.next(), Moment(300ms));
  EXPECT_EQ(hold_.due(Moment(400ms))->origin.arrived, Moment(50ms));
  EXPECT_EQ(hold_.due(Moment(400ms))->origin.arrived, Moment(100ms));
  EXPECT_TRUE(hold_.empty());
}

TEST(Metrics, AreOneTextWithNothingPerReport) {
  Metrics metrics;
  metrics.add(Count::reports, 3);
  metrics.set(Gauge::intake_oldest_hours, 26);

  const std::string text = metrics.text();

  EXPECT_NE(text.find("\nmeldpunt_reports_total 3\n"), std::string::npos);
  EXPECT_NE(text.find("\nmeldpunt_intake_oldest_hours 26\n"), std::string::npos);
  EXPECT_EQ(text.find('{'), std::string::npos) << "no labels";
}

TEST(Founding, TakesWhatIsAbsentAndVerifies) {
  const crypto::test::FixedRegion region;
  crypto::Buffer file(20'000);
  crypto::Writer writer(file);
  const auto record = [&](MailboxKind kind, std::uint64_t position, crypto::Bytes bytes) {
    writer.u8(static_cast<std::uint8_t>(kind)).u64(position);
    writer.u32(static_cast<std::uint32_t>(bytes.size())).bytes(bytes);
  };
  record(MailboxKind::notice, region.bundle.day, region.signed_bundle());
  record(MailboxKind::notice, region.bundle.day + 9, region.signed_bundle());  // not its day
  auto forged = region.signed_bundle();
  forged.back() ^= 1;
  record(MailboxKind::notice, region.bundle.day + 1, forged);
  for (const Write& row : test::roster_rows(region.signed_roster(), 1)) {
    record(MailboxKind::roster, row.item.position, row.item.bytes);
  }
  file.resize(writer.size());
  const auto store = make_memory_store();

  const auto read = read_founding(file, 5);
  ASSERT_TRUE(read);
  take_founding(*read, region.pin, *store);
  take_founding(*read, region.pin, *store);

  EXPECT_EQ(store->reader()->count(MailboxKind::notice), 1U);
  Authority authority(region.pin, *store->reader(), crypto::test::today);
  EXPECT_EQ(authority.roster()->number, 1U);
  EXPECT_EQ(authority.days_left(crypto::test::today), 1U);
  file.pop_back();
  EXPECT_FALSE(read_founding(file, 5));
  EXPECT_FALSE(read_founding(crypto::Buffer{1, 2, 3}, 5));
}

TEST(Founding, ReplacesABundleByOneOfAHigherGenerationOnly) {
  crypto::test::FixedRegion region;
  const auto store = test::founded_store(region);
  const auto given = [&](std::uint32_t generation) {
    region.bundle.generation = generation;
    const crypto::Buffer bytes = region.signed_bundle();
    crypto::Buffer file(1 + 8 + 4 + bytes.size());
    crypto::Writer(file)
        .u8(static_cast<std::uint8_t>(MailboxKind::notice))
        .u64(region.bundle.day)
        .u32(static_cast<std::uint32_t>(bytes.size()))
        .bytes(bytes);
    take_founding(read_founding(file, 5).value(), region.pin, *store);
    return store->reader()->at(MailboxKind::notice, {}, region.bundle.day)->item.bytes == bytes;
  };

  EXPECT_TRUE(given(3));
  EXPECT_FALSE(given(2));
  EXPECT_TRUE(given(4));
}

TEST(Founding, AfterARecoveryTakesTheNextRosterAndNewerBundles) {
  crypto::test::FixedRegion region;
  const auto store = test::founded_store(region);
  const auto first = region.signed_roster();
  region.roster.number = 2;
  region.roster.previous = crypto::hash_of_roster(first);
  region.roster.devices.pop_back();
  const auto old_bundle = region.signed_bundle();
  region.bundle.generation = 2;
  auto writes = test::roster_rows(region.signed_roster(), 2);
  Write bundle;
  bundle.rule = Rule::supersede;
  bundle.item.kind = MailboxKind::notice;
  bundle.item.position = region.bundle.day;
  bundle.item.bytes = region.signed_bundle();
  writes.push_back(bundle);

  take_founding(writes, region.pin, *store);
  bundle.item.bytes = old_bundle;  // of the file from the founding, left where it was
  take_founding({bundle}, region.pin, *store);

  Authority authority(region.pin, *store->reader(), crypto::test::today);
  EXPECT_EQ(authority.roster()->number, 2U);
  EXPECT_EQ(authority.roster()->devices.size(), 2U);
  EXPECT_EQ(*authority.bundle(crypto::test::today), region.signed_bundle());
}

TEST(Founding, ARosterThatDoesNotFollowIsNotInForce) {
  crypto::test::FixedRegion region;
  const auto store = test::founded_store(region);
  region.roster.number = 2;  // names no roster before it

  take_founding(test::roster_rows(region.signed_roster(), 2), region.pin, *store);

  Authority authority(region.pin, *store->reader(), crypto::test::today);
  EXPECT_EQ(authority.roster()->number, 1U);
}

TEST(Founding, WhatIsWrittenForAStewardFoundsTheSameAgain) {
  const crypto::test::FixedRegion region;
  const auto store = test::founded_store(region);

  const auto read = read_founding(authority_file(*store->reader()), 5);

  ASSERT_TRUE(read);
  const auto other = make_memory_store();
  take_founding(*read, region.pin, *other);
  Authority authority(region.pin, *other->reader(), crypto::test::today);
  EXPECT_EQ(authority.roster()->number, 1U);
  EXPECT_EQ(authority.days_left(crypto::test::today), 1U);
}

TEST(Authority, TakesTodaysEpochAndTheOneBefore) {
  crypto::test::FixedRegion region;
  const auto store = test::founded_store(region);
  Authority authority(region.pin, *store->reader(), crypto::test::today);
  const auto old_epoch = region.bundle.epoch;
  region.team = crypto::test::opening_key<crypto::role::Epoch>(0x55);
  region.bundle.team = region.team.public_key();
  region.bundle.epoch = crypto::epoch_of(region.bundle.team);
  region.bundle.day += 1;
  authority.take_bundle(region.bundle.day, region.signed_bundle());

  EXPECT_TRUE(authority.takes_epoch(old_epoch, crypto::test::today));
  EXPECT_FALSE(authority.takes_epoch(region.bundle.epoch, crypto::test::today));
  EXPECT_TRUE(authority.takes_epoch(old_epoch, crypto::test::today + 1));
  EXPECT_TRUE(authority.takes_epoch(region.bundle.epoch, crypto::test::today + 1));
  EXPECT_FALSE(authority.takes_epoch(region.bundle.epoch, crypto::test::today + 2));
  EXPECT_EQ(authority.days_left(crypto::test::today), 2U);
  EXPECT_EQ(authority.last_day(), crypto::test::today + 1);
}

TEST(Gatekeeper, ReadsTheUserIdItWrote) {
  const auto device = id_of<crypto::DeviceId>(0xa7);
  EXPECT_EQ(device_of(user_id_of(device)), device);
  EXPECT_FALSE(device_of("a7"));
  EXPECT_FALSE(device_of(std::string(32, 'g')));
}

TEST(WorkQueue, TellsOnceThatThereIsRoomForWhoeverFoundNone) {
  WorkQueue work(1);
  EXPECT_TRUE(work.has_room());
  work.push(Arrived{});
  EXPECT_FALSE(work.made_room());  // nobody waits for it
  EXPECT_FALSE(work.has_room());
  EXPECT_FALSE(work.made_room());  // still full
  work.pop();
  EXPECT_TRUE(work.made_room());
  EXPECT_FALSE(work.made_room());
}

TEST(Outbox, WakesForTheFirstAnswerAndThenHandsOutAll) {
  Outbox outbox;
  const auto wakes = [&] {
    std::uint64_t count = 0;
    return ::read(outbox.descriptor(), &count, sizeof count) > 0 ? count : 0;
  };
  outbox.push({});
  outbox.push({});
  EXPECT_EQ(wakes(), 1U);
  EXPECT_EQ(outbox.take_all().size(), 2U);
  outbox.push({});
  EXPECT_EQ(wakes(), 1U);
}

}  // namespace
}  // namespace meldpunt::server
