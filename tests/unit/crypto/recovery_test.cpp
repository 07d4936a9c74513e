#include "crypto/recovery.h"

#include "tests/support/fixed_thread.h"
#include "tests/support/made_up_words.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class OnPaper : public testing::Test {
 protected:
  [[nodiscard]] Result<PaperCode> parse(std::string_view typed) const {
    const std::array<const WordList*, 1> lists{&list_};
    return PaperCode::parse(typed, lists);
  }
  [[nodiscard]] std::string words(const PaperCode& code) const {
    return std::string(as_text(code.words(list_).view()));
  }

  const WordList list_ = *WordList::parse(made_up_words('w'));
};

TEST_F(OnPaper, TheWordsAreTheCode) {
  for (int i = 0; i < 50; ++i) {
    const auto code = PaperCode::generate();
    const auto again = parse(words(code));
    ASSERT_THAT(again, Succeeds());
    EXPECT_TRUE(same_secret(again->random(), code.random()));
  }
}

TEST_F(OnPaper, SmallestAndLargestComeBack) {
  for (const std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{0xff}}) {
    const auto code = PaperCode::from_random(filled<paper_code_size>(byte));
    ASSERT_THAT(parse(words(code)), Succeeds());
  }
}

TEST_F(OnPaper, AWrongWordIsFound) {
  const auto code = PaperCode::from_random(filled<paper_code_size>(0x5a));
  const std::string right = words(code);
  int missed = 0;
  for (std::size_t number = 1; number < word_list_size; number += 77) {
    const std::string wrong = right.substr(0, right.rfind(' ') + 1) + made_up_word('w', number);
    if (wrong != right && parse(wrong)) ++missed;
  }
  EXPECT_EQ(missed, 0);
  EXPECT_THAT(parse(right.substr(0, right.rfind(' '))), FailsWith(Error::incomplete));
  EXPECT_THAT(parse(right + " " + made_up_word('w', 1)), FailsWith(Error::bad_checksum));
  std::string beyond;
  for (int i = 0; i < 11; ++i) beyond += made_up_word('w', word_list_size - 1) + ' ';
  EXPECT_THAT(parse(beyond), FailsWith(Error::bad_checksum));
}

TEST_F(OnPaper, AnotherRegionHasAnotherKey) {
  const auto code = PaperCode::generate();
  const auto one = recovery_key(code, id_of<RegionId>(1), {1, 8});
  const auto other = recovery_key(code, id_of<RegionId>(2), {1, 8});
  ASSERT_THAT(one, Succeeds());
  EXPECT_FALSE(same_secret(one->secret(), other->secret()));
}

class TheRecoveryObject : public testing::Test {
 protected:
  [[nodiscard]] Buffer certificate() const {
    return sign_recovery_certificate({1, key_.public_key()}, region_.id, region_.root);
  }
  [[nodiscard]] Result<Buffer> seal(const RecoverySecrets& secrets) const {
    return seal_recovery(secrets, certificate(), region_.pin, region_.steward.entry.id, this_hour,
                         region_.steward.signing);
  }
  [[nodiscard]] Result<RecoverySecrets> open(Bytes object) const {
    return open_recovery(object, key_, region_.steward.entry.signing, region_.id);
  }
  static RecoverySecrets of(std::size_t vaults, std::size_t epochs) {
    RecoverySecrets secrets;
    for (VaultVersion i = 1; i <= vaults; ++i) secrets.vaults.push_back(VaultSecret::generate(i));
    const auto epoch = EpochSecret::generate();
    for (std::size_t i = 0; i < epochs; ++i) {
      secrets.epochs.push_back({today, EpochSecret::from_secret(epoch.secret())});
    }
    return secrets;
  }

  const FixedRegion region_;
  const RecoveryKey key_ = opening_key<role::Recovery>(0x51);
};

TEST_F(TheRecoveryObject, HasOneSizeAndOpensWithThePaper) {
  const auto secrets = of(2, 49);
  const auto object = seal(secrets);
  ASSERT_THAT(object, Succeeds());
  EXPECT_EQ(object->size(), put_bytes_max);
  EXPECT_EQ(seal(of(1, 0))->size(), object->size());

  const auto opened = open(*object);

  ASSERT_THAT(opened, Succeeds());
  EXPECT_EQ(opened->epochs.size(), 49U);
  EXPECT_TRUE(
      same_secret(opened->vaults[1].vault_key->view(), secrets.vaults[1].vault_key->view()));
  const auto head = read_recovery_head(*object);
  EXPECT_EQ(head->from, region_.steward.entry.id);
  EXPECT_EQ(head->hour, this_hour);
}

TEST_F(TheRecoveryObject, RefusesOneChangedBitInAnyField) {
  const auto object = *seal(of(1, 1));
  for (const std::size_t at : {std::size_t{0}, std::size_t{10}, recovery_certificate_size,
                               recovery_head_size, object.size() - 100, object.size() - 1}) {
    SCOPED_TRACE(at);
    EXPECT_THAT(open(flipped(object, at)), FailsWith(Error::bad_signature));
  }
  EXPECT_THAT(open(Bytes(object).first(100)), FailsWith(Error::malformed));
}

TEST_F(TheRecoveryObject, IsNotForAnotherPaperOrRegion) {
  const auto object = *seal(of(1, 1));
  const auto& writer = region_.steward.entry.signing;
  EXPECT_THAT(open_recovery(object, opening_key<role::Recovery>(0x52), writer, region_.id),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(open_recovery(object, key_, writer, id_of<RegionId>(1)),
              FailsWith(Error::bad_signature));
}

TEST_F(TheRecoveryObject, IsNotSealedWithAnotherCertificateOrWithTooMuch) {
  const auto forged =
      sign_recovery_certificate({1, key_.public_key()}, region_.id, signing_key<role::Root>(0x66));
  EXPECT_THAT(verify_recovery_certificate(forged, region_.pin), FailsWith(Error::bad_signature));
  EXPECT_THAT(seal_recovery(of(1, 1), forged, region_.pin, region_.steward.entry.id, this_hour,
                            region_.steward.signing),
              FailsWith(Error::bad_signature));
  EXPECT_THAT(seal(of(17, 0)), FailsWith(Error::too_many));
  EXPECT_THAT(seal(of(1, 400)), FailsWith(Error::too_many));
  auto destroyed = of(1, 0);
  destroyed.vaults[0].vault_key.reset();
  EXPECT_THAT(seal(destroyed), FailsWith(Error::malformed));
}

TEST_F(TheRecoveryObject, TheNextRootMaySignItsCertificateToo) {
  const auto early =
      sign_recovery_certificate({2, key_.public_key()}, region_.id, region_.next_root);
  EXPECT_THAT(verify_recovery_certificate(early, region_.pin), Succeeds());
  EXPECT_THAT(verify_recovery_certificate(Bytes(early).first(1283), region_.pin),
              FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
