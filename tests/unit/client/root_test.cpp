#include "client/lib/recovery.h"
#include "tests/unit/client/as_time_goes_on.h"

namespace meldpunt::client::test {
namespace {

class ARoot : public AsTimeGoesOn {
 protected:
  // What a steward brings home: the pin in which the next root has taken over, and the file of
  // bundles under it. The operator starts the daemon with both.
  void replace_root() {
    const RootKey root_key = next_root();
    const auto third = RootKey::generate();
    const auto steward = office_.seat("steward");
    const auto daemon = must(daemon_of_newest_bundle(steward->home));
    PinChanges changes;
    changes.next_root = &third;
    pin_ = must(succeed_pin(steward->home, root_key, changes, today()));
    RenewalWishes wishes;
    wishes.root = &root_key;
    wishes.daemon = &daemon;
    Renewed renewed;
    const auto bundles = must(renew_for_operator(steward->home, *steward->casework, wishes,
                                                 office_.clock.now(), renewed));
    office_.pin = steward->home.pin();
    must(write_durably(office_.path_of("out") / "pin", pin_));  // what new devices are given
    office_.server.found(office_.pin, bundles);
  }
  void follow(const std::string& name) {
    must(must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase))).follow_pin(pin_));
  }

  crypto::Buffer pin_;
};

TEST_F(ARoot, IsReplacedAndEverythingBeforeItStaysTrue) {
  office_.enrol_device("deputy");
  send_today(0x10, 1);
  must(synced("deputy")->duty.take_in());
  days_pass(3);
  const auto old_bundle = office_.server.bundles().at(today() + 5);
  replace_root();
  follow("deputy");

  EXPECT_EQ(renew_now().grants, 1U) << "the colleague's share";
  send_today(0x20, 2);
  const auto deputy = synced("deputy");
  EXPECT_EQ(must(deputy->duty.take_in()).fresh, 1U);
  EXPECT_EQ(deputy->casework->index().cases().size(), 2U);
  EXPECT_EQ(must(certificate_of(synced("steward")->home)).serial, 2U);
  EXPECT_FALSE(crypto::verify_bundle(old_bundle, office_.pin)) << "what was made ahead has ended";
  office_.enrol_device("third");
  EXPECT_TRUE(synced("third")->casework->index().cases().size() == 2U);
}

TEST_F(ARoot, ThatIsReplacedCertifiesNothingAnyMore) {
  synced("steward");
  const RootKey stolen = root();
  replace_root();
  const auto thief =
      appoint(crypto::test::id_of<crypto::DeviceId>(9), 9, today() + 1, office_.pin.region, stolen);

  const auto believed = crypto::verify_certificate(thief.certificate, office_.pin);

  ASSERT_FALSE(believed);
  EXPECT_EQ(believed.error(), crypto::Error::expired);
  const auto home = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  EXPECT_FALSE(open_root_key(must(read_file(office_.path_of("out") / "root.key", 4096)),
                             crypto::as_bytes(passphrase), home.pin()));
}

TEST_F(ARoot, ThatIsReplacedIsUnknownToADeviceWithoutTheNewPinWhichIsToldSo) {
  office_.enrol_device("deputy");
  synced("deputy");
  replace_root();
  renew_now();

  const auto told = office_.seat("deputy")->casework->sync();

  ASSERT_FALSE(told);
  EXPECT_NE(told.error().sentence.find("new pin"), std::string::npos) << told.error().sentence;
}

TEST_F(ARoot, IsNotReplacedWithoutAnotherNextRoot) {
  const auto steward = synced("steward");
  const auto alone = succeed_pin(steward->home, next_root(), {}, today());
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().exit_code, EX_USAGE);
  EXPECT_EQ(steward->home.pin().number, 1U);
}

TEST_F(ARoot, ThatIsReplacedLeavesThePaperUntilANewOneIsMade) {
  {
    const auto steward = synced("steward");
    const auto paper = must(make_paper(root(), office_.pin.region, 1, quick));
    must(keep_certificate(steward->home, paper.certificate));
    must(steward->casework->sync());
  }
  const auto slot = crypto::recovery_slot(office_.pin.region).bytes;
  const auto version = office_.server.slots().at(slot).first;
  const RootKey root_key = next_root();
  replace_root();

  renew_now();

  EXPECT_EQ(office_.server.slots().at(slot).first, version) << "nothing is sealed to the old paper";
  days_pass(1);
  EXPECT_TRUE(says(told(*synced("steward")), "recovery paper"));
  const auto steward = synced("steward");
  const auto paper =
      must(make_paper(root_key, office_.pin.region, must(paper_serial(steward->home)) + 1, quick));
  must(keep_certificate(steward->home, paper.certificate));
  must(keep_recovery(steward->home, *steward->casework, steward->staff));
  EXPECT_EQ(office_.server.slots().at(slot).first, version + 1);
  days_pass(1);
  EXPECT_FALSE(says(told(*synced("steward")), "recovery paper"));
}

TEST_F(ARoot, AnotherRegionsRootKeyIsRefused) {
  const auto other = RootKey::generate();
  const auto locked =
      crypto::lock_with_passphrase(other.seed(), crypto::as_bytes(passphrase), quick);
  const auto next = must(read_file(office_.path_of("out") / "next-root.key", 4096));

  const auto opened = open_root_key(*locked, crypto::as_bytes(passphrase), office_.pin);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().exit_code, EX_DATAERR);
  const auto wrong = open_root_key(next, crypto::as_bytes("another"), office_.pin);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().exit_code, EX_NOPERM);
  EXPECT_FALSE(open_root_key(next, crypto::as_bytes(passphrase), office_.pin));
}

TEST_F(ARoot, APinIsFollowedInOrderAndNeverBack) {
  const RootKey root_key = root();
  office_.make_device("deputy");
  Home steward = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  Home deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  const auto next_root = RootKey::generate();
  PinChanges changes;
  changes.reporters = "tcp://192.0.2.1:7400";
  changes.next_root = &next_root;
  const auto second = must(succeed_pin(steward, root_key, changes, today()));
  const auto third = must(succeed_pin(steward, root_key, {}, today()));

  const auto skipped = deputy.follow_pin(third);
  ASSERT_FALSE(skipped);
  EXPECT_NE(skipped.error().sentence.find("missing"), std::string::npos);
  must(deputy.follow_pin(second));
  must(deputy.follow_pin(third));
  const auto back = deputy.follow_pin(second);

  ASSERT_FALSE(back);
  EXPECT_NE(back.error().sentence.find("newest pin"), std::string::npos);
  EXPECT_EQ(deputy.pin().next_root, next_root.public_key());
  EXPECT_EQ(deputy.pin().endpoints.reporters, "tcp://192.0.2.1:7400");
  EXPECT_EQ(must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase))).pin().number,
            3U);
}

}  // namespace
}  // namespace meldpunt::client::test
