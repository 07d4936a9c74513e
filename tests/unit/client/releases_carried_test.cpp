// A release on its way: forwarder, receiver, receipts; killed, down, fed garbage.
#include "tests/unit/client/a_release.h"

namespace meldpunt::client::test {
namespace {

TEST_F(TheTrends, AReleaseArrivesOnceVerifiedAndItsReceiptIsRead) {
  november();
  const auto there = desk();
  const auto released = must(there->release(wish()));
  const std::size_t boxed = office_.server.boxed();
  EXPECT_EQ(must(there->releases.send(released)).receiver, "comensha");
  start_receiver("thank you");

  const auto counts = must(forward());
  take_in_receipts();

  EXPECT_EQ(counts.receipts, 1U);
  ASSERT_EQ(received().size(), 1U);
  const auto kept =
      must(must(ReceiverStore::open(office_.path_of("comensha"))).kept(office_.pin.region));
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().document,
            crypto::as_text(crypto::decode_release(released.bytes)->document))
      << "what is read back from the journal is what is sent";
  const auto ledger = desk()->releases.ledger();
  EXPECT_TRUE(ledger.arrived(released.hash));
  EXPECT_EQ(ledger.receipts_of(released.hash).front().receipt.remark, "thank you");
  EXPECT_EQ(office_.server.boxed(), boxed) << "every box is as it was";
}

// The forwarder and the receiver are killed at every question and at every request, and start
// again.
TEST_F(TheTrends, KilledAnywhereForwarderAndReceiverBringItOnce) {
  november();
  const auto there = desk();
  must(there->releases.send(must(there->release(wish()))));
  for (int question = 1; question <= 4; ++question) {
    for (const bool after : {false, true}) {
      start_receiver();
      try {
        (void)forward(question, after);
      } catch (const Killed&) {
      }
      office_.server.forget_leases();
    }
  }
  for (int request = 1; request <= 6; ++request) {
    for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
      must(there->releases.send(there->seat->casework->releases().all().front()));
      start_receiver();
      office_.server.kill_at(request, moment);
      try {
        (void)forward();
      } catch (const Killed&) {
      }
      office_.server.spare();
      office_.server.forget_leases();
    }
  }
  must(forward());
  take_in_receipts();

  ASSERT_EQ(received().size(), 1U);
  EXPECT_EQ(desk()->releases.ledger().receipts_of(received().front().said.release).size(), 1U)
      << "the same receipt, however often it came";
}

TEST_F(TheTrends, AReceiverThatIsDownLosesNothing) {
  november();
  const auto there = desk();
  must(there->releases.send(must(there->release(wish()))));

  const auto down = forward();
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().exit_code, EX_TEMPFAIL);
  start_receiver();

  EXPECT_EQ(must(forward()).receipts, 1U);
  EXPECT_EQ(received().size(), 1U);
}

TEST(TheForwarder, WaitsTwiceAsLongAfterEachFailureUpToFiveMinutes) {
  BackOff back_off;
  EXPECT_EQ(back_off.next(), std::chrono::seconds(1));
  EXPECT_EQ(back_off.next(), std::chrono::seconds(2));
  for (int i = 0; i < 20; ++i) (void)back_off.next();
  EXPECT_EQ(back_off.next(), std::chrono::minutes(5));
  back_off.reset();
  EXPECT_EQ(back_off.next(), std::chrono::seconds(1));
}

TEST_F(TheTrends, GarbageAndWhatNoCoordinatorSignedAreListedAndNeverKept) {
  november();
  start_receiver();
  must(office_.seat("steward")->casework->sync());
  const auto there = desk();
  const auto released = must(there->release(wish()));
  must(there->releases.send(released));
  must(forward());
  const auto roster = there->seat->casework->rosters().newest();
  const Home deputy = must(Home::open(office_.path_of("forwarder"), crypto::as_bytes(passphrase)));
  const auto ask = [&](crypto::Buffer body) {
    return far_->receiver->answer(crypto::DeliveryQuestion{
        crypto::DeliveryVerb::object, office_.pin.region, roster.number, std::move(body)});
  };
  crypto::Buffer garbage(crypto::boxed_object_size);
  crypto::fill_random(garbage);
  const auto* receiver = roster.find(far_->home.keys().id);
  ASSERT_NE(receiver, nullptr);
  // The forwarder's device is enrolled, and no coordinator's.
  const auto forged =
      *crypto::seal_to_device(crypto::ObjectKind::release, released.bytes, *receiver,
                              deputy.keys().id, deputy.keys().signing, office_.pin.region);

  for (const crypto::Buffer& body : {garbage, forged, crypto::Buffer{1, 2, 3}}) {
    const auto answer = ask(body);
    ASSERT_EQ(answer.status, crypto::DeliveryStatus::receipt);
    const auto receipt = crypto::verify_receipt(answer.body, office_.pin.region,
                                                far_->home.keys().signing.public_key());
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->outcome, crypto::ReceiptOutcome::unreadable);
    EXPECT_EQ(ask(body).body, answer.body) << "the same again gets the same again";
  }
  ASSERT_EQ(received().size(), 4U);
  EXPECT_FALSE(received().back().reason.empty());
  const crypto::DeliveryQuestion stranger{crypto::DeliveryVerb::object, {}, 1, garbage};
  EXPECT_EQ(far_->receiver->answer(stranger).status, crypto::DeliveryStatus::refused);
}

TEST_F(TheTrends, OtherFiguresOfAPeriodThatIsKeptAreRefusedAndTheRegionIsTold) {
  november();
  const auto there = desk();
  const auto released = must(there->release(wish()));
  must(there->releases.send(released));
  start_receiver();
  must(forward());
  // As after a restore in which the first draw was lost.
  JournaledRelease other = released;
  auto decoded = *crypto::decode_release(released.bytes);
  decoded.document.push_back(' ');
  other.bytes = *crypto::encode(decoded);
  must(there->releases.send(other));
  must(forward());
  take_in_receipts();

  ASSERT_EQ(received().size(), 2U);
  EXPECT_EQ(received().back().said.outcome, crypto::ReceiptOutcome::conflict);
  EXPECT_FALSE(received().back().is_kept());
}

TEST_F(TheTrends, AGapInTheNumbersIsKeptAndTold) {
  november();
  const auto there = desk();
  const auto released = must(there->release(wish()));
  JournaledRelease later = released;
  auto decoded = *crypto::decode_release(released.bytes);
  std::string document(crypto::as_text(decoded.document));
  const std::string number = "\"sequence\":";
  document.replace(document.find(number), number.size() + 1, number + "3");
  decoded.document.assign(document.begin(), document.end());
  decoded.head.sequence = 3;
  later.bytes = *crypto::encode(decoded);
  must(there->releases.send(later));
  start_receiver();
  must(forward());

  ASSERT_EQ(received().size(), 1U);
  EXPECT_EQ(received().front().said.outcome, crypto::ReceiptOutcome::kept_with_gap);
  EXPECT_TRUE(received().front().is_kept());
}

TEST_F(TheTrends, AReleaseLongerThanAnObjectTravelsInPartsAlsoWhenTheReceiverRestarts) {
  november();
  const auto there = desk();
  auto released = must(there->release(wish()));
  auto decoded = *crypto::decode_release(released.bytes);
  decoded.document.insert(decoded.document.end(), 40'000, ' ');
  released.bytes = *crypto::encode(decoded);
  EXPECT_EQ(must(there->releases.send(released)).objects, 5U);
  std::size_t receipts = 0;
  for (int killed_at = 3; killed_at <= 9; ++killed_at) {
    start_receiver();
    try {
      receipts += must(forward(killed_at, true)).receipts;
    } catch (const Killed&) {
    }
    office_.server.forget_leases();
  }
  start_receiver();
  receipts += must(forward()).receipts;

  EXPECT_GE(receipts, 1U);
  ASSERT_EQ(received().size(), 1U);
  EXPECT_TRUE(received().front().is_kept());
}

// The journal was set back and this device's copy with it; the receipt tells.
TEST_F(TheTrends, APeriodThatTheReceiverHasAndTheJournalHasNotIsLostAndNeverDrawnAgain) {
  november();
  crypto::ReleaseReceipt receipt;
  receipt.release = crypto::random_id<crypto::Hash>();
  receipt.head = {4, crypto::Series::inflow, october_.first, october_.last};
  const Home far = must(Home::open(office_.path_of("comensha"), crypto::as_bytes(passphrase)));
  const auto bytes = *crypto::sign_receipt(receipt, office_.pin.region, far.keys().signing);
  const auto forwarder = office_.seat("forwarder");
  must(
      give_to_staff(forwarder->home, forwarder->staff, crypto::ObjectKind::release_receipt, bytes));
  take_in_receipts();

  const auto again = desk()->release(wish());

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().exit_code, EX_UNAVAILABLE);
  EXPECT_NE(again.error().sentence.find("lost"), std::string::npos);
  EXPECT_EQ(desk()->releases.ledger().next_sequence(), 5U);
}

}  // namespace
}  // namespace meldpunt::client::test
