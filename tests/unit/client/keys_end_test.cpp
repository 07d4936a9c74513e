// Closed is closed: what a device no longer needs can be found nowhere in its home.
#include <gtest/gtest.h>

#include "client/lib/renewal.h"
#include "crypto/hpke.h"
#include "crypto/label.h"
#include "crypto/xaead.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {
namespace {

using Opening = crypto::OpeningKey<crypto::role::Device>;

class Closed : public testing::Test {
 protected:
  [[nodiscard]] crypto::Day today() const { return crypto::day_of(hour_of(office_.clock.now())); }

  // Every file of the home, in the clear or under the master key, as its
  // owner can read them with the passphrase.
  std::vector<crypto::Buffer> readable_files(const std::string& name) {
    std::vector<crypto::Buffer> all;
    const Home home = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    const auto context = crypto::bind("keyring", {office_.pin.region.view()});
    for (const auto& entry : std::filesystem::directory_iterator(office_.path_of(name))) {
      crypto::Buffer bytes = must(read_file(entry.path(), std::size_t{16} << 20));
      if (bytes.size() > crypto::xaead_overhead) {
        crypto::Buffer opened(bytes.size() - crypto::xaead_overhead);
        if (crypto::xaead_open(opened, bytes, context, home.keys().master)) all.push_back(opened);
      }
      const auto unlocked = crypto::unlock_with_passphrase(bytes, crypto::as_bytes(passphrase));
      if (unlocked) all.emplace_back(unlocked->view().begin(), unlocked->view().end());
      if (bytes.size() < 8192) all.push_back(std::move(bytes));
    }
    return all;
  }

  template <class Try>
  bool any_key(const std::vector<crypto::Buffer>& files, Try attempt) {
    for (const crypto::Buffer& file : files) {
      for (std::size_t at = 0; at + 32 <= file.size(); ++at) {
        if (attempt(std::span<const std::uint8_t, 32>(file.data() + at, 32))) return true;
      }
    }
    return false;
  }

  // Whether some key of the home opens the report, by the team key that it was sealed to.
  bool opens_report(const std::string& name, const crypto::SealingKey<crypto::role::Epoch>& team) {
    return any_key(readable_files(name), [&](auto key) {
      return crypto::EpochSecret::from_secret(key).public_key() == team;
    });
  }
  // Whether some key of the home opens a grant of epochs that somebody recorded on its way.
  bool opens_a_grant(const std::string& name, const std::vector<crypto::Buffer>& recorded) {
    const Home home = must(Home::open(office_.path_of(name), crypto::as_bytes(passphrase)));
    const auto info = crypto::bind("grant", {office_.pin.region.view(), home.keys().id.view()});
    return any_key(readable_files(name), [&](auto secret) {
      const auto key = Opening::from_secret(secret);
      return std::ranges::any_of(recorded, [&](const crypto::Buffer& boxed) {
        const crypto::Bytes grant = crypto::Bytes(boxed)
                                        .first(boxed.size() - crypto::signature_size)
                                        .subspan(crypto::DeviceId::size);
        crypto::Buffer plaintext(grant.size() - crypto::hpke_enc_size - crypto::aead_tag_size);
        return plaintext.size() > 100 &&
               crypto::hpke_open(key, info, grant,
                                 [&](crypto::HpkeContext& context, crypto::Bytes ciphertext) {
                                   return context.open(plaintext, ciphertext);
                                 })
                   .has_value();
      });
    });
  }
  void sync(const std::string& name) { must(office_.seat(name)->casework->sync()); }

  Office office_;
};

TEST_F(Closed, NoFileOfAnyDeviceOpensAnEpochsReportOrTheGrantThatBroughtItsSecret) {
  office_.enrol_device("deputy");
  const std::vector<crypto::Buffer> recorded = office_.server.boxed_bytes();
  const auto team = office_.team;
  office_.send(office_.report(0x10, 1));
  sync("deputy");
  must(office_.seat("steward")->duty.take_in());
  ASSERT_TRUE(opens_report("steward", team)) << "the test finds what is there";
  ASSERT_TRUE(opens_report("deputy", team));
  ASSERT_TRUE(opens_a_grant("deputy", recorded));

  office_.clock.pass(std::chrono::hours(24 * 15));
  sync("steward");
  sync("deputy");

  EXPECT_FALSE(opens_report("steward", team));
  EXPECT_FALSE(opens_report("deputy", team));
  EXPECT_FALSE(opens_a_grant("deputy", recorded));
}

TEST_F(Closed, TheNextGrantIsSealedToAFreshKeyAndOpens) {
  office_.enrol_device("deputy");
  const std::vector<crypto::Buffer> first = office_.server.boxed_bytes();
  sync("deputy");
  office_.clock.pass(std::chrono::hours(24 * 10));
  {
    const auto steward = office_.seat("steward");
    must(steward->casework->sync());
    must(renew(steward->home, *steward->casework, steward->staff, {}, office_.clock.now()));
  }
  const std::vector<crypto::Buffer> second = office_.server.boxed_bytes();
  ASSERT_EQ(second.size(), 1U);
  sync("deputy");
  {
    const Home deputy = must(Home::open(office_.path_of("deputy"), crypto::as_bytes(passphrase)));
    EXPECT_NE(deputy.keyring().epoch_of_day(today() + 34), nullptr);
    EXPECT_EQ(deputy.keyring().openings.size(), 3U) << "two that were replaced, one that is new";
  }
  // The first grant's oldest epoch, of the day before the founding, is closed; the second's is not.
  office_.clock.pass(std::chrono::hours(24 * 5));
  sync("deputy");

  EXPECT_FALSE(opens_a_grant("deputy", first));
}

TEST_F(Closed, AKeyringThatIsReplacedIsOverwrittenAndSoIsWhatAKilledProcessLeft) {
  const Path path = office_.path_of("steward") / "keyring";
  const Path second_name = office_.path_of("kept");
  const auto before = must(read_file(path, 1 << 20));
  std::filesystem::create_hard_link(path, second_name);
  must(write_durably(office_.path_of("steward") / "keyring.12345.new", before));

  Home home = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  must(home.change_keyring([](Keyring&) { return true; }));

  const auto after = must(read_file(second_name, 1 << 20));
  EXPECT_EQ(after, crypto::Buffer(before.size()));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(office_.path_of("steward"))) {
    if (entry.path().filename().string().starts_with("keyring")) ++files;
  }
  EXPECT_EQ(files, 1U);
  EXPECT_TRUE(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
}

TEST_F(Closed, AProcessKilledBeforeTheNewKeyringIsThereHarmsNothing) {
  const Path path = office_.path_of("steward") / "keyring";
  std::filesystem::create_hard_link(path, office_.path_of("steward") / "keyring.replaced.new");

  Home home = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  must(home.change_keyring([](Keyring&) { return true; }));

  EXPECT_TRUE(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
}

}  // namespace
}  // namespace meldpunt::client::test
