#include "server/dispatcher.h"

#include "crypto/puzzle.h"
#include "tests/unit/server/mailboxes.h"

namespace meldpunt::server {
namespace {

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
