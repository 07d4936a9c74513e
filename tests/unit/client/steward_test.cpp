#include "client/lib/steward.h"

#include <gtest/gtest.h>

#include "client/lib/case_words.h"
#include "tests/support/made_up_words.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

class AtTheCeremony : public testing::Test {
 protected:
  crypto::Enrolment enrolment_of(const std::string& name) {
    return must(
        read_enrolment(must(read_file(office_.path_of(name) / "enrolment", 4096)), office_.pin));
  }

  Office office_;
};

TEST_F(AtTheCeremony, ThePinAndBundlesForThirtyFiveDaysAreMade) {
  const auto pin = crypto::trust_pin(must(read_file(office_.path_of("out") / "pin", 4096)));
  ASSERT_TRUE(pin);
  EXPECT_TRUE(pin->demonstration);
  EXPECT_EQ(pin->name, "IJsselland");

  const auto seat = office_.seat("steward");
  must(seat->casework->sync());
  const crypto::Day today = crypto::day_of(hour_of(office_.clock.now()));
  EXPECT_NE(seat->casework->index().bundle_of(today), nullptr);
  EXPECT_NE(seat->casework->index().bundle_of(today + 34), nullptr);
  EXPECT_EQ(seat->casework->index().bundle_of(today + 35), nullptr);
}

TEST_F(AtTheCeremony, TheRootKeysOpenWithTheirPassphraseOnly) {
  const auto file = must(read_file(office_.path_of("out") / "root.key", 4096));
  const auto opened = crypto::unlock_with_passphrase(file, crypto::as_bytes(passphrase));
  ASSERT_TRUE(opened);
  const auto root = crypto::SigningKey<crypto::role::Root>::from_seed(opened->view().first<32>());
  EXPECT_EQ(root.public_key(), office_.pin.root);

  EXPECT_FALSE(crypto::unlock_with_passphrase(file, crypto::as_bytes("another")));
}

TEST_F(AtTheCeremony, ASecondRegionIsNotMadeOverTheFirst) {
  Founding founding;
  founding.region = "IJsselland";
  founding.device_name = "steward";
  must(read_daemon_public(office_.server.public_keys(), founding));
  const auto before = must(read_file(office_.path_of("out") / "pin", 4096));

  const auto again = found_region(
      founding, office_.path_of("other"), office_.path_of("out"),
      {crypto::as_bytes(passphrase), crypto::as_bytes(passphrase), quick}, office_.clock.now());

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().exit_code, EX_CANTCREAT);
  EXPECT_EQ(must(read_file(office_.path_of("out") / "pin", 4096)), before);
}

TEST_F(AtTheCeremony, AnEnrolledCoordinatorFindsItsKeysInItsBox) {
  office_.enrol_device("deputy");
  EXPECT_EQ(office_.server.boxed(), 2U);

  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());

  EXPECT_EQ(office_.server.boxed(), 0U);
  EXPECT_NE(deputy->home.keyring().epoch(crypto::epoch_of(office_.team)), nullptr);
  const auto reopened = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
  EXPECT_NE(reopened.keyring().vault(1), nullptr)
      << "they are on the disk before they are acknowledged";
}

TEST_F(AtTheCeremony, KilledWhileCollectingItsKeysADeviceStillGetsThem) {
  for (int step = 1; step <= 6; ++step) {
    for (const auto moment : {FakeServer::Moment::before, FakeServer::Moment::after}) {
      SCOPED_TRACE(step);
      const std::string name =
          "device " + std::to_string(step) + (moment == FakeServer::Moment::after ? "a" : "b");
      office_.enrol_device(name);
      office_.server.kill_at(step + 4, moment);
      EXPECT_THROW(must(office_.seat(name)->casework->sync()), Killed);
      office_.server.spare();
      office_.server.forget_leases();

      const auto seat = office_.seat(name);
      must(seat->casework->sync());

      EXPECT_EQ(seat->home.keyring().epochs.size(), 36U);
      EXPECT_EQ(seat->home.keyring().vaults.size(), 1U);
      EXPECT_EQ(office_.server.boxed(), 0U);
    }
  }
}

TEST_F(AtTheCeremony, KilledWhileEnrollingTheStewardMayDoItAgain) {
  for (int step = 1; step <= 8; ++step) {
    SCOPED_TRACE(step);
    const std::string name = "device " + std::to_string(step);
    office_.make_device(name);
    {
      const auto steward = office_.seat("steward");
      must(steward->casework->sync());
      office_.server.kill_at(step, FakeServer::Moment::after);
      EXPECT_THROW(must(enrol(steward->home, *steward->casework, steward->staff, enrolment_of(name),
                              crypto::DeviceRole::coordinator, nullptr, office_.clock.now())),
                   Killed);
      office_.server.spare();
    }
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    const auto enrolled =
        must(enrol(steward->home, *steward->casework, steward->staff, enrolment_of(name),
                   crypto::DeviceRole::coordinator, nullptr, office_.clock.now()));
    EXPECT_EQ(enrolled.grants, 2U);

    const auto device = office_.seat(name);
    must(device->casework->sync());
    EXPECT_NE(device->home.keyring().vault(1), nullptr);
  }
}

TEST_F(AtTheCeremony, OnlyAStewardEnrols) {
  office_.enrol_device("deputy");
  office_.make_device("third");
  const auto deputy = office_.seat("deputy");
  must(deputy->casework->sync());

  const auto enrolled = enrol(deputy->home, *deputy->casework, deputy->staff, enrolment_of("third"),
                              crypto::DeviceRole::coordinator, nullptr, office_.clock.now());

  ASSERT_FALSE(enrolled);
  EXPECT_EQ(enrolled.error().exit_code, EX_NOPERM);
}

TEST_F(AtTheCeremony, APartnerGetsNoKeysOfTheCases) {
  office_.enrol_device("shelter", crypto::DeviceRole::partner);

  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(AtTheCeremony, EveryDeviceIsToldOfANewOne) {
  const auto steward = office_.seat("steward");
  must(steward->casework->sync());
  EXPECT_EQ(steward->casework->take_announcements().size(), 1U) << "the first roster, with itself";

  office_.enrol_device("deputy");
  must(steward->casework->sync());

  const auto told = steward->casework->take_announcements();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told.front().find("deputy"), std::string::npos);
}

TEST_F(AtTheCeremony, ADeviceThatIsNotEnrolledIsToldWhatToDo) {
  office_.make_device("deputy");

  const auto synced = office_.seat("deputy")->casework->sync();

  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().exit_code, EX_NOPERM);
  EXPECT_NE(synced.error().sentence.find("steward"), std::string::npos);
}

TEST_F(AtTheCeremony, AnAlteredEnrolmentIsRefused) {
  office_.make_device("deputy");
  auto file = must(read_file(office_.path_of("deputy") / "enrolment", 4096));
  file[60] ^= 1;

  EXPECT_FALSE(read_enrolment(file, office_.pin));
}

TEST_F(AtTheCeremony, TheFiveWordsAreTheSameOnBothScreensAndOthersForAnother) {
  office_.make_device("deputy");
  office_.make_device("other");
  const auto words = crypto::WordList::parse(crypto::test::made_up_words('w'));
  const auto said = [&](const std::string& name) {
    const auto file = must(read_file(office_.path_of(name) / "enrolment", 4096));
    return five_words(hash_of_enrolment(file, office_.pin.region), *words);
  };

  EXPECT_EQ(said("deputy"), said("deputy"));
  EXPECT_NE(said("deputy"), said("other"));
  EXPECT_EQ(std::ranges::count(said("deputy"), '-'), 4);
}

}  // namespace
}  // namespace meldpunt::client::test
