#include "client/lib/releases.h"

#include <gtest/gtest.h>

#include "client/lib/forwarder.h"
#include "client/lib/receiver.h"
#include "client/lib/staff_box.h"
#include "client/trends/one_way_geometric.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

// A desk whose cases of October 2024 can be released: it is November.
class TheTrends : public testing::Test {
 protected:
  TheTrends() {
    office_.enrol_device("deputy");
    office_.enrol_device("forwarder", crypto::DeviceRole::forwarder);
    office_.enrol_device("comensha", crypto::DeviceRole::receiver);
    office_.send(
        office_.report(0x10, 1, {{"exploitation_form", {"LAB.UNPAID"}}, {"age_class", {"ADULT"}}}));
    office_.send(office_.report(0x20, 2, {{"gender", {"F"}}}));
    office_.send(office_.report(0x30, 3));
    must(office_.seat("steward")->duty.take_in());
    october_ = *trends::read_period("2024-10");
    Receiver::add_region(
        must(Home::open(office_.path_of("comensha"), crypto::as_bytes(passphrase))),
        must(read_file(office_.path_of("out") / "pin", 4096)))
        .value();
  }

  void november() { office_.clock.pass(std::chrono::hours(24 * 28)); }

  // A process of a coordinator's device.
  struct Desk {
    explicit Desk(std::unique_ptr<Seat> at, FakeClock& clock)
        : seat(std::move(at)), releases(seat->home, *seat->casework, seat->staff, clock) {
      must(seat->casework->sync());
    }
    Outcome<JournaledRelease> release(const ReleaseWish& wish) {
      trends::SystemRandom bytes;
      trends::UniformFromBytes uniform(bytes);
      return releases.release(wish, trends::OneWayGeometric(), uniform);
    }
    std::unique_ptr<Seat> seat;
    Releases releases;
  };
  std::unique_ptr<Desk> desk(const std::string& name = "steward") {
    return std::make_unique<Desk>(office_.seat(name), office_.clock);
  }
  [[nodiscard]] ReleaseWish wish() const { return {october_, {}}; }

  // The receiver as a process; the line to it, with faults.
  struct FarEnd {
    FarEnd(const Path& path, FakeClock& clock, const std::string& remark = {})
        : home(must(Home::open(path, crypto::as_bytes(passphrase)))),
          receiver(must(Receiver::open(home, clock, remark))) {}
    Home home;
    std::unique_ptr<Receiver> receiver;
  };
  void start_receiver(const std::string& remark = {}) {
    far_.reset();
    far_ = std::make_unique<FarEnd>(office_.path_of("comensha"), office_.clock, remark);
  }
  // One round of a forwarder's process. killed_at: the question to the receiver at which it, or its
  // answer, is lost for ever; 0: none.
  Outcome<ForwardCounts> forward(int killed_at = 0, bool after = false) {
    Home home = must(Home::open(office_.path_of("forwarder"), crypto::as_bytes(passphrase)));
    auto rosters = must(RosterHistory::open(home));
    const auto connection = office_.server.line(home.keys().curve.public_key());
    NoticeSource notices(home.pin(), office_.clock);
    StaffLine staff(*connection, notices, office_.clock);
    int asked = 0;
    LocalLine receiver([&](auto answer, auto question) {
      if (!far_) return Delivery::unreachable;
      ++asked;
      if (asked == killed_at && !after) throw Killed();
      far_->receiver->answer(answer, question);
      if (asked == killed_at && after) throw Killed();
      return Delivery::answered;
    });
    Forwarder forwarder(home, rosters, staff, receiver, std::chrono::seconds(1));
    return forwarder.run();
  }
  void take_in_receipts() {
    const auto there = desk();
    StaffBox box(there->seat->home, *there->seat->casework, there->seat->staff, office_.clock);
    must(box.take_in());
  }
  std::vector<ReceivedEntry> received() {
    return must(ReceiverList::open(
                    region_directory(office_.path_of("comensha"), office_.pin.region)))
        .entries();
  }

  Office office_;
  trends::Period october_;
  std::unique_ptr<FarEnd> far_;
};

TEST_F(TheTrends, ACaseIsCodedFromItsAnswersUntilACoordinatorSaysOtherwise) {
  const auto there = desk();
  const auto queue = there->seat->casework->index().queue();
  const crypto::CaseId subject = queue.front()->id;
  EXPECT_EQ(queue.front()->coding.codes().at("form"), "LAB");

  EXPECT_FALSE(must(there->releases.code(subject, {{{"form", "SEX"}}, std::nullopt})));
  EXPECT_FALSE(must(there->releases.code(subject, {{{"status", "CONFIRMED"}}, std::nullopt})));

  const auto other = desk("deputy");
  const auto coding = other->seat->casework->index().find(subject)->coding;
  ASSERT_TRUE(coding.newest);
  EXPECT_EQ(coding.codes().at("form"), "SEX");
  EXPECT_EQ(coding.codes().at("age"), "ADULT") << "what was not changed stays";
  EXPECT_EQ(coding.codes().at("status"), "CONFIRMED");
  EXPECT_EQ(coding.codes().at("gender"), "U");
}

TEST_F(TheTrends, ACodeThatTheListsDoNotHaveIsRefusedWithThoseTheyHave) {
  const auto there = desk();
  const crypto::CaseId subject = there->seat->casework->index().queue().front()->id;

  const auto code = there->releases.code(subject, {{{"form", "ZZZ"}}, std::nullopt});
  const auto dimension = there->releases.code(subject, {{{"colour", "RED"}}, std::nullopt});

  ASSERT_FALSE(code);
  EXPECT_NE(code.error().sentence.find("SEX LAB CRIM"), std::string::npos);
  ASSERT_FALSE(dimension);
  EXPECT_NE(dimension.error().sentence.find("subregion"), std::string::npos);
}

TEST_F(TheTrends, APeriodIsNotReleasedBeforeItIsOver) {
  const auto early = desk()->release(wish());

  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().exit_code, EX_TEMPFAIL);
  EXPECT_NE(early.error().sentence.find("2024-11-01"), std::string::npos);
}

TEST_F(TheTrends, ADryRunWritesNothingAndCountsWhoRefusedStatisticsNowhere) {
  november();
  const auto there = desk();
  const crypto::CaseId subject = there->seat->casework->index().queue().front()->id;
  must(there->releases.code(subject, {{}, true}));
  const auto before = there->seat->casework->journal().size();

  const auto preview = must(there->releases.preview(wish(), trends::OneWayGeometric()));

  EXPECT_EQ(there->seat->casework->journal().size(), before);
  EXPECT_EQ(preview.cases, 2U);
  EXPECT_EQ(preview.left_out, 1U);
  EXPECT_EQ(preview.not_coded, 2U);
  EXPECT_EQ(trends::decimal(preview.remaining), "0.026496");
  const auto released = must(there->release(wish()));
  EXPECT_EQ(released.counted, 2U);
  EXPECT_FALSE(there->seat->casework->releases().counted(crypto::Series::inflow, subject));
}

TEST_F(TheTrends, APeriodIsDrawnOnceWhoeverAsksAndHoweverOften) {
  november();
  const auto first = must(desk()->release(wish()));
  const auto again = must(desk()->release(wish()));
  const auto other = must(desk("deputy")->release(wish()));

  EXPECT_EQ(first.bytes, again.bytes);
  EXPECT_EQ(first.bytes, other.bytes);
  EXPECT_EQ(first.head.sequence, 1U);
  EXPECT_EQ(trends::decimal(first.rho), "0.061504");
}

TEST_F(TheTrends, DaysThatWereReleasedAreNotReleasedInAnotherPeriod) {
  november();
  must(desk()->release(wish()));
  office_.clock.pass(std::chrono::hours(1));
  const auto quarter = desk()->releases.preview({{october_.first - 92, october_.first}, {}},
                                                trends::OneWayGeometric());

  ASSERT_FALSE(quarter);
  EXPECT_EQ(quarter.error().exit_code, EX_DATAERR);
  EXPECT_NE(quarter.error().sentence.find("2024-10"), std::string::npos);
}

TEST_F(TheTrends, ABudgetThatCouldPointAtSomebodyIsRefused) {
  november();
  const auto dear = desk()->releases.preview({october_, {400'000'000}}, trends::OneWayGeometric());
  const auto cheap = desk()->releases.preview({october_, {1}}, trends::OneWayGeometric());

  ASSERT_FALSE(dear);
  EXPECT_EQ(dear.error().exit_code, EX_USAGE);
  EXPECT_NE(dear.error().sentence.find("one person"), std::string::npos);
  EXPECT_FALSE(cheap);
}

TEST_F(TheTrends, WhoLosesTheRaceShowsTheOthersFigures) {
  november();
  const auto first = desk();
  const auto second = desk("deputy");
  std::optional<JournaledRelease> of_second;
  office_.server.before_append([&] { of_second = must(second->release(wish())); });

  const auto of_first = must(first->release(wish()));

  ASSERT_TRUE(of_second);
  EXPECT_EQ(of_first.bytes, of_second->bytes);
  EXPECT_EQ(first->seat->casework->releases().all().size(), 1U);
}

// Killed at every request that it makes, before and after it was done.
TEST_F(TheTrends, ADrawThatWasNotJournaledWholeIsThrownAwayAndOneThatWasStands) {
  november();
  for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
    for (int request = 1; request < 6; ++request) {
      std::optional<crypto::Buffer> stood;
      const auto killed = desk();
      const auto& known = killed->seat->casework->releases();
      if (const auto* there = known.of(crypto::Series::inflow, october_)) stood = there->bytes;
      office_.server.kill_at(request, moment);
      bool died = false;
      try {
        (void)killed->release(wish());
      } catch (const Killed&) {
        died = true;
      }
      office_.server.spare();
      const auto after = desk();
      const auto& all = after->seat->casework->releases().all();
      EXPECT_LE(all.size(), 1U);
      if (stood) {
        ASSERT_EQ(all.size(), 1U);
        EXPECT_EQ(all.front().bytes, *stood);
      }
      if (!died) {
        EXPECT_EQ(all.size(), 1U);
      }
    }
  }
  EXPECT_EQ(must(desk()->release(wish())).head.sequence, 1U);
}

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
  EXPECT_EQ(received().front().figures, "0001-2024-10.json");
  const auto document =
      must(read_file(region_directory(office_.path_of("comensha"), office_.pin.region) / "figures" /
                         "0001-2024-10.json",
                     100'000));
  EXPECT_EQ(document, crypto::decode_release(released.bytes)->document)
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
