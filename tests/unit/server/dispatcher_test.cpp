#include "server/dispatcher.h"

#include <gtest/gtest.h>

#include "crypto/boxed.h"
#include "crypto/puzzle.h"
#include "crypto/reply.h"
#include "tests/support/in_process_daemon.h"

namespace meldpunt::server {
namespace {

using crypto::Status;
using crypto::test::filled;
using crypto::test::id_of;

class Mailboxes : public testing::Test {
 protected:
  // Any bytes do: the daemon cannot tell a report from noise, only whose epoch it names.
  crypto::PutReport report(std::uint8_t fill) {
    crypto::PutReport put;
    put.tick = daemon_.notice().digest.tick;
    put.sealed.fill(fill);
    crypto::copy_bytes(daemon_.region.bundle.epoch.view(), put.sealed);
    return put;
  }
  crypto::Put reply(std::uint8_t address, std::uint8_t fill = 7) {
    crypto::Put put;
    put.kind = MailboxKind::address;
    put.name = filled<32>(address);
    put.expires = daemon_.clock.hour() + 10;
    put.guard = crypto::guard_of(id_of<crypto::BurnToken>(address));
    put.bytes.assign(crypto::sealed_reply_size, fill);
    return put;
  }
  crypto::Put event(std::uint64_t position, std::uint8_t fill = 1) {
    return {MailboxKind::journal, {}, position, 0, {}, crypto::Buffer(512, fill)};
  }
  crypto::Put slot(std::uint64_t version, std::uint8_t fill = 1) {
    return {MailboxKind::slot, filled<32>(9), version, 0, {}, crypto::Buffer(76, fill)};
  }

  const MailboxName nameless_{};
  test::InProcessDaemon daemon_;
  const crypto::test::FixedDevice& coordinator_ = daemon_.region.deputy;
  const crypto::test::FixedDevice& steward_ = daemon_.region.steward;
  const crypto::test::FixedDevice& partner_ = daemon_.region.partner;
};

TEST_F(Mailboxes, AStrangersReportIsTakenByACoordinatorAndGoesWhenAcknowledged) {
  const auto put = report(3);
  ASSERT_EQ(daemon_.as_stranger(put).status, Status::ok);

  const auto taken = daemon_.as(coordinator_, crypto::Take{MailboxKind::intake, nameless_});

  ASSERT_EQ(taken.status, Status::ok);
  EXPECT_TRUE(crypto::equal_bytes(taken.payload, put.sealed));
  const crypto::Acknowledge acknowledge{MailboxKind::intake, nameless_, taken.id};
  EXPECT_EQ(daemon_.as(coordinator_, acknowledge).status, Status::ok);
  EXPECT_EQ(daemon_.reader->count(MailboxKind::intake), 0U);
  EXPECT_EQ(daemon_.admission.waiting(), 0U);
}

TEST_F(Mailboxes, ALeasedItemIsGivenToNobodyElseUntilTheLeaseExpires) {
  ASSERT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);
  const crypto::Take take{MailboxKind::intake, nameless_};
  const auto first = daemon_.as(coordinator_, take);
  ASSERT_EQ(first.status, Status::ok);

  EXPECT_EQ(daemon_.as(steward_, take).status, Status::nothing);
  daemon_.clock.pass(lease_length + std::chrono::seconds(1));
  const auto second = daemon_.as(steward_, take);

  ASSERT_EQ(second.status, Status::ok);
  EXPECT_EQ(second.id, first.id);
  const crypto::Acknowledge acknowledge{MailboxKind::intake, nameless_, first.id};
  EXPECT_EQ(daemon_.as(coordinator_, acknowledge).status, Status::conflict);
}

TEST_F(Mailboxes, AReleasedItemIsBackAtOnceAndTheSameDeviceIsGivenTheNextOne) {
  ASSERT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);
  ASSERT_EQ(daemon_.as_stranger(report(4)).status, Status::ok);
  const crypto::Take take{MailboxKind::intake, nameless_};
  const auto first = daemon_.as(coordinator_, take);
  const auto second = daemon_.as(coordinator_, take);
  EXPECT_NE(first.id, second.id);

  const crypto::Release release{MailboxKind::intake, nameless_, first.id};
  EXPECT_EQ(daemon_.as(steward_, release).status, Status::conflict);
  EXPECT_EQ(daemon_.as(coordinator_, release).status, Status::ok);

  EXPECT_EQ(daemon_.as(steward_, take).id, first.id);
}

TEST_F(Mailboxes, TheSameReportAgainIsAcknowledgedAndStoredOnce) {
  ASSERT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);

  EXPECT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);

  EXPECT_EQ(daemon_.reader->count(MailboxKind::intake), 1U);
  EXPECT_EQ(daemon_.metrics.value(Count::duplicates), 1U);
}

TEST_F(Mailboxes, AReportForAnotherEpochOrAForgottenTickIsStale) {
  auto wrong_epoch = report(3);
  wrong_epoch.sealed[0] ^= 1;
  auto wrong_tick = report(3);
  wrong_tick.tick += 7;

  EXPECT_EQ(daemon_.as_stranger(wrong_epoch).status, Status::stale);
  EXPECT_EQ(daemon_.as_stranger(wrong_tick).status, Status::stale);
  EXPECT_EQ(daemon_.reader->count(MailboxKind::intake), 0U);
}

TEST_F(Mailboxes, AChallengeIsGoodForThreeTicks) {
  const auto put = report(3);
  daemon_.turn();
  daemon_.turn();
  EXPECT_EQ(daemon_.as_stranger(put).status, Status::ok);
  auto other = put;
  other.sealed.back() ^= 1;
  daemon_.turn();

  EXPECT_EQ(daemon_.as_stranger(other).status, Status::stale);
}

TEST_F(Mailboxes, OnlyCoordinatorsReachTheIntakeTheJournalAndTheSlots) {
  const crypto::Take take{MailboxKind::intake, nameless_};
  const crypto::Get journal{MailboxKind::journal, nameless_, 1};
  const crypto::Get slot_get{MailboxKind::slot, filled<32>(9), 0};
  const std::vector<crypto::Request> requests{take, journal, slot_get, event(1), slot(1), reply(1)};
  for (std::size_t i = 0; i < requests.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(daemon_.as_stranger(requests[i]).status, Status::refused);
    EXPECT_EQ(daemon_.as(partner_, requests[i]).status, Status::refused);
    EXPECT_NE(daemon_.as(coordinator_, requests[i]).status, Status::refused);
  }
}

TEST_F(Mailboxes, AReplyIsReadByWhoeverKnowsItsAddressAndBurnedByItsToken) {
  ASSERT_EQ(daemon_.as(coordinator_, reply(5)).status, Status::ok);
  const crypto::Get get{MailboxKind::address, filled<32>(5), 0};

  const auto read = daemon_.as_stranger(get);
  ASSERT_EQ(read.status, Status::ok);
  EXPECT_EQ(read.payload.size(), crypto::sealed_reply_size);
  EXPECT_EQ(read.expires, daemon_.clock.hour() + 10);

  const crypto::Burn wrong{MailboxKind::address, filled<32>(5), id_of<crypto::BurnToken>(6)};
  EXPECT_EQ(daemon_.as_stranger(wrong).status, Status::ok);
  EXPECT_EQ(daemon_.as_stranger(get).status, Status::ok);
  const crypto::Burn right{MailboxKind::address, filled<32>(5), id_of<crypto::BurnToken>(5)};
  EXPECT_EQ(daemon_.as_stranger(right).status, Status::ok);
  EXPECT_EQ(daemon_.as_stranger(get).status, Status::nothing);
  EXPECT_EQ(daemon_.as_stranger(right).status, Status::ok) << "the answer tells nothing";
}

TEST_F(Mailboxes, TheSameReplyAgainIsTheSameAndAnotherAtItsAddressIsAConflict) {
  ASSERT_EQ(daemon_.as(coordinator_, reply(5)).status, Status::ok);

  EXPECT_EQ(daemon_.as(steward_, reply(5)).status, Status::same);
  EXPECT_EQ(daemon_.as(steward_, reply(5, 8)).status, Status::conflict);
}

TEST_F(Mailboxes, TheJournalGrowsAtItsHeadOnly) {
  ASSERT_EQ(daemon_.as(coordinator_, event(1, 1)).status, Status::ok);
  EXPECT_EQ(daemon_.as(steward_, event(1, 2)).status, Status::conflict);
  EXPECT_EQ(daemon_.as(coordinator_, event(1, 1)).status, Status::same) << "a lost answer";
  EXPECT_EQ(daemon_.as(steward_, event(3, 3)).status, Status::conflict);
  ASSERT_EQ(daemon_.as(steward_, event(2, 2)).status, Status::ok);

  const auto read = daemon_.as(coordinator_, crypto::Get{MailboxKind::journal, nameless_, 1});

  EXPECT_EQ(read.position, 2U);
  EXPECT_EQ(read.payload.size(), 2U * (2 + 512));
}

TEST_F(Mailboxes, OneAnswerCarriesAsManyEventsAsFit) {
  for (std::uint64_t i = 1; i <= 40; ++i) {
    ASSERT_EQ(daemon_.as(coordinator_, event(i)).status, Status::ok);
  }

  const auto read = daemon_.as(coordinator_, crypto::Get{MailboxKind::journal, nameless_, 1});
  const auto rest = daemon_.as(coordinator_, crypto::Get{MailboxKind::journal, nameless_, 32});
  const auto past = daemon_.as(coordinator_, crypto::Get{MailboxKind::journal, nameless_, 41});

  EXPECT_EQ(read.payload.size(), 31U * (2 + 512));
  EXPECT_EQ(rest.payload.size(), 9U * (2 + 512));
  EXPECT_EQ(past.status, Status::nothing);
  EXPECT_EQ(past.position, 40U);
}

TEST_F(Mailboxes, ASlotIsReplacedFromTheVersionThatWasRead) {
  const crypto::Get get{MailboxKind::slot, filled<32>(9), 0};
  EXPECT_EQ(daemon_.as(coordinator_, get).status, Status::nothing);
  ASSERT_EQ(daemon_.as(coordinator_, slot(1, 1)).status, Status::ok);
  EXPECT_EQ(daemon_.as(steward_, slot(1, 2)).status, Status::conflict);
  ASSERT_EQ(daemon_.as(steward_, slot(2, 2)).status, Status::ok);

  const auto read = daemon_.as(coordinator_, get);

  EXPECT_EQ(read.position, 2U);
  EXPECT_EQ(read.payload, crypto::Buffer(76, 2));
}

class Erasing : public Mailboxes {
 protected:
  Erasing() { EXPECT_EQ(daemon_.as(coordinator_, slot(1)).status, Status::ok); }

  crypto::Countersignature signed_by(const crypto::test::FixedDevice& device,
                                     std::uint64_t version = 1) {
    return {device.entry.id, device.signing.sign("erase slot", daemon_.region.id,
                                                 crypto::erase_statement(filled<32>(9), version))};
  }
  Status erase(const crypto::Countersignature& first, const crypto::Countersignature& second) {
    const crypto::Erase request{MailboxKind::slot, filled<32>(9), 1, {first, second}};
    return daemon_.as(coordinator_, request).status;
  }
};

TEST_F(Erasing, TakesTwoPeopleAndIsForEver) {
  EXPECT_EQ(erase(signed_by(coordinator_), signed_by(steward_)), Status::ok);

  EXPECT_EQ(daemon_.as(coordinator_, crypto::Get{MailboxKind::slot, filled<32>(9), 0}).status,
            Status::erased);
  EXPECT_EQ(daemon_.as(coordinator_, slot(2)).status, Status::erased);
  EXPECT_EQ(daemon_.as(coordinator_, slot(1)).status, Status::erased);
}

TEST_F(Erasing, IsRefusedForOnePersonTwiceAPartnerAForgeryOrAnotherVersion) {
  auto forged = signed_by(steward_);
  forged.signature.bytes[3] ^= 1;

  EXPECT_EQ(erase(signed_by(coordinator_), signed_by(coordinator_)), Status::refused);
  EXPECT_EQ(erase(signed_by(coordinator_), signed_by(partner_)), Status::refused);
  EXPECT_EQ(erase(signed_by(coordinator_), forged), Status::refused);
  EXPECT_EQ(erase(signed_by(coordinator_), signed_by(steward_, 2)), Status::refused);
  EXPECT_EQ(erase(signed_by(partner_), signed_by(coordinator_)), Status::refused);
  EXPECT_EQ(daemon_.as(coordinator_, crypto::Get{MailboxKind::slot, filled<32>(9), 0}).status,
            Status::ok);
}

TEST_F(Erasing, IsAConflictOnceTheSlotHasBeenWrappedAnew) {
  const auto first = signed_by(coordinator_);
  const auto second = signed_by(steward_);
  ASSERT_EQ(daemon_.as(coordinator_, slot(2, 2)).status, Status::ok);

  EXPECT_EQ(erase(first, second), Status::conflict);
  EXPECT_EQ(daemon_.as(coordinator_, crypto::Get{MailboxKind::slot, filled<32>(9), 0}).position,
            2U);
}

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

class UnderPressure : public testing::Test {
 protected:
  crypto::PutReport report(std::uint8_t fill) {
    const auto digest = daemon_.notice().digest;
    crypto::PutReport put;
    put.tick = digest.tick;
    put.effort = digest.effort;
    put.sealed.fill(fill);
    crypto::copy_bytes(daemon_.region.bundle.epoch.view(), put.sealed);
    put.answer = crypto::solve(put.effort, digest.challenge, daemon_.region.id,
                               crypto::hash_of_envelope(put.sealed), 0, 100'000)
                     .value();
    return put;
  }

  test::InProcessDaemon daemon_{4};  // room for four reports
};

TEST_F(UnderPressure, ReportsCostAPuzzleFromHalfTheQuotaAndAreBusyAboveIt) {
  EXPECT_EQ(daemon_.notice().digest.effort, 0U);
  ASSERT_EQ(daemon_.as_stranger(report(1)).status, Status::ok);
  ASSERT_EQ(daemon_.as_stranger(report(2)).status, Status::ok);
  daemon_.turn();
  EXPECT_EQ(daemon_.notice().digest.effort, 1U);

  auto lazy = report(3);
  lazy.effort = 0;
  EXPECT_EQ(daemon_.as_stranger(lazy).status, Status::stale);
  EXPECT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);
  EXPECT_EQ(daemon_.as_stranger(report(4)).status, Status::ok);
  const auto above = daemon_.as_stranger(report(5));
  EXPECT_EQ(above.status, Status::busy);
  EXPECT_GT(above.wait, 0U);
  daemon_.turn();
  EXPECT_EQ(daemon_.notice().digest.effort, crypto::effort_max);
}

TEST_F(UnderPressure, TheDearestIsTakenFirst) {
  ASSERT_EQ(daemon_.as_stranger(report(1)).status, Status::ok);
  ASSERT_EQ(daemon_.as_stranger(report(2)).status, Status::ok);
  daemon_.turn();
  ASSERT_EQ(daemon_.as_stranger(report(3)).status, Status::ok);

  const auto taken =
      daemon_.as(daemon_.region.deputy, crypto::Take{MailboxKind::intake, MailboxName{}});

  EXPECT_EQ(taken.payload.back(), 3U);
}

TEST_F(UnderPressure, AWrongAnswerToThePuzzleIsRefused) {
  ASSERT_EQ(daemon_.as_stranger(report(1)).status, Status::ok);
  ASSERT_EQ(daemon_.as_stranger(report(2)).status, Status::ok);
  daemon_.turn();
  auto put = report(3);
  // One of a few answers is wrong: at effort one, half of them are.
  int refused = 0;
  for (std::uint8_t i = 0; i < 16; ++i) {
    put.answer.bytes.fill(static_cast<std::uint8_t>(i + 100));
    put.sealed.back() = i;
    refused += daemon_.as_stranger(put).status == Status::stale ? 1 : 0;
  }

  EXPECT_GT(refused, 0);
  EXPECT_EQ(daemon_.metrics.value(Count::puzzles_refused), static_cast<std::uint64_t>(refused));
}

}  // namespace
}  // namespace meldpunt::server
