// A lost laptop: the paper, the root key file, the pin and the server make a new one that knows
// everything.
#include "client/lib/recovery.h"

#include "client/lib/word_lists.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class ALostLaptop : public TwoDesks {
 protected:
  ALostLaptop() {
    const auto steward = must(synced("steward"));
    Paper paper = must(make_paper(root(), office_.pin.region, 1, quick));
    must(keep_certificate(steward->home, paper.certificate));
    const auto words = paper.code.words(english_words());
    words_ = crypto::as_text(words.view());
    must(steward->casework->sync());
    const auto lists = all_words();
    code_.emplace(*crypto::PaperCode::parse(words_, lists));
  }
  [[nodiscard]] crypto::SigningKey<crypto::role::Root> root() const {
    const auto file = must(read_file(office_.path_of("out") / "root.key", 4096));
    const auto seed = *crypto::unlock_with_passphrase(file, crypto::as_bytes(passphrase));
    return crypto::SigningKey<crypto::role::Root>::from_seed(seed.view().first<32>());
  }
  [[nodiscard]] Recovery recovery() const { return {pin_, authority_, "new laptop", {}}; }
  // What the operator writes.
  void write_authority() {
    pin_ = must(read_file(office_.path_of("out") / "pin", 4096));
    authority_ = office_.server.authority_file();
  }
  void recover() {
    write_authority();
    must(recover_home(recovery(), root(), office_.path_of("new"), office_.path_of("new-out"),
                      crypto::as_bytes(passphrase), office_.clock.now(), quick));
    office_.server.found(office_.pin,
                         must(read_file(office_.path_of("new-out") / "recovery", 1U << 20)));
  }
  Outcome<Recovered> read_paper() {
    const auto seat = office_.seat("new");
    return recover_secrets(seat->home, *seat->casework, seat->staff, *code_, quick);
  }

  std::string words_;
  std::optional<crypto::PaperCode> code_;
  crypto::Buffer pin_;
  crypto::Buffer authority_;
};

TEST_F(ALostLaptop, IsReplacedAndEveryCaseIsReadable) {
  send(4);  // waits; nobody has taken it in
  std::filesystem::remove_all(office_.path_of("steward"));
  recover();
  const auto recovered = must(read_paper());
  EXPECT_EQ(recovered.vaults, 1U);
  EXPECT_GE(recovered.epochs, 35U);

  const auto seat = must(synced("new"));
  must(seat->duty.take_in());

  EXPECT_EQ(readable(*seat), 4U);
  EXPECT_EQ(office_.server.waiting(), 0U);
  const auto renewed = must(renew_vault(seat->home, *seat->casework, seat->staff,
                                        office_.clock.now(), VaultReason::at_once));
  EXPECT_TRUE(renewed.changed);
  EXPECT_EQ(readable(*seat), 4U);
  EXPECT_FALSE(office_.seat("deputy")->casework->sync()) << "it was left out with the others";
}

TEST_F(ALostLaptop, IsReplacedAfterTheVaultHasChanged) {
  must(renew("steward"));
  must(renew("deputy"));
  must(synced("steward"));
  recover();

  must(read_paper());

  EXPECT_EQ(readable("new"), 3U);
}

TEST_F(ALostLaptop, IsReplacedInTheMiddleOfAChangeOfTheVault) {
  for (int step = 1; step < 45; step += 4) {
    office_.server.kill_at(step, FakeServer::Moment::after);
    try {
      must(renew("steward"));
    } catch (const Killed&) {
    }
    office_.server.spare();
    office_.server.forget_leases();
    SCOPED_TRACE(step);
    const auto before = office_.server.backup();
    recover();
    must(read_paper());
    EXPECT_EQ(readable("new"), 3U);
    std::filesystem::remove_all(office_.path_of("new"));
    std::filesystem::remove_all(office_.path_of("new-out"));
    office_.server.restore_quietly(*before);
  }
}

TEST_F(ALostLaptop, LeavesOthersEnrolledWhenOnlyItIsNamed) {
  write_authority();
  auto recovery_of_one = recovery();
  recovery_of_one.lost = {"steward"};
  must(recover_home(recovery_of_one, root(), office_.path_of("new"), office_.path_of("new-out"),
                    crypto::as_bytes(passphrase), office_.clock.now(), quick));
  office_.server.found(office_.pin,
                       must(read_file(office_.path_of("new-out") / "recovery", 1U << 20)));
  must(read_paper());

  EXPECT_EQ(readable("new"), 3U);
  EXPECT_EQ(readable("deputy"), 3U);
  EXPECT_FALSE(office_.seat("steward")->casework->sync());
}

TEST_F(ALostLaptop, IsNotReplacedWithAnotherPaper) {
  recover();
  code_.emplace(crypto::PaperCode::generate());

  const auto refused = read_paper();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_DATAERR);
  EXPECT_NE(refused.error().sentence.find("another paper"), std::string::npos);
}

TEST_F(ALostLaptop, IsNotReplacedWithAnotherRootKey) {
  write_authority();

  const auto refused = recover_home(recovery(), crypto::SigningKey<crypto::role::Root>::generate(),
                                    office_.path_of("new"), office_.path_of("new-out"),
                                    crypto::as_bytes(passphrase), office_.clock.now(), quick);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().exit_code, EX_DATAERR);
  EXPECT_FALSE(std::filesystem::exists(office_.path_of("new")));
}

TEST_F(ALostLaptop, IsNotReplacedFromADamagedFileOfTheOperator) {
  write_authority();
  authority_[authority_.size() / 2] ^= 1;

  EXPECT_FALSE(recover_home(recovery(), root(), office_.path_of("new"), office_.path_of("new-out"),
                            crypto::as_bytes(passphrase), office_.clock.now(), quick));
}

TEST_F(ALostLaptop, ANewPaperTakesThePlaceOfTheOld) {
  const auto steward = must(synced("steward"));
  const Paper paper = must(make_paper(root(), office_.pin.region, 2, quick));
  must(keep_certificate(steward->home, paper.certificate));
  must(steward->casework->sync());
  // The deputy knew of no paper; it learns of the new one from the server.
  must(renew("deputy"));
  recover();

  EXPECT_FALSE(read_paper());
  const auto seat = office_.seat("new");
  must(recover_secrets(seat->home, *seat->casework, seat->staff, paper.code, quick));
  EXPECT_EQ(readable("new"), 3U);
}

TEST_F(ALostLaptop, ThePaperIsSealedToAgainWhenTheSecretsHaveChanged) {
  const auto slot_of_paper = crypto::recovery_slot(office_.pin.region).bytes;
  const auto version = [&] { return office_.server.slots().at(slot_of_paper).first; };
  const auto before = version();
  must(synced("steward"));
  EXPECT_EQ(version(), before);

  auto home = must(Home::open(office_.path_of("steward"), crypto::as_bytes(passphrase)));
  must(home.change_keyring([](Keyring& keyring) {
    return keyring.add(crypto::test::today + 9, crypto::EpochSecret::generate());
  }));
  must(synced("steward"));

  EXPECT_EQ(version(), before + 1);
}

}  // namespace
}  // namespace meldpunt::client::test
