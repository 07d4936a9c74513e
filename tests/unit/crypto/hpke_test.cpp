#include "crypto/hpke.h"

#include <sodium.h>

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Hpke : public testing::Test {
 protected:
  Buffer seal(Bytes plaintext, Bytes info, const EncapsulationSeed* seed = nullptr) const {
    Buffer out(hpke_enc_size + plaintext.size() + aead_tag_size);
    const auto done = hpke_seal(
        recipient_.public_key(), info, out,
        [&](HpkeContext& context, MutableBytes ciphertext) { context.seal(ciphertext, plaintext); },
        seed);
    EXPECT_THAT(done, Succeeds());
    return out;
  }
  static Result<Buffer> open(const OpeningKey<role::Epoch>& key, Bytes sealed, Bytes info) {
    Buffer plaintext(sealed.size() - std::min(sealed.size(), hpke_enc_size + aead_tag_size));
    const auto done = hpke_open(key, info, sealed, [&](HpkeContext& context, Bytes ciphertext) {
      return context.open(plaintext, ciphertext);
    });
    if (!done) return fail(done.error());
    return plaintext;
  }

  const OpeningKey<role::Epoch> recipient_ = OpeningKey<role::Epoch>::generate();
  const Buffer plaintext_{'h', 'u', 'l', 'p'};
  const Bytes info_ = as_bytes("info");
};

TEST_F(Hpke, OpensWhatItSealed) {
  const auto opened = open(recipient_, seal(plaintext_, info_), info_);
  ASSERT_THAT(opened, Succeeds());
  EXPECT_EQ(*opened, plaintext_);
}

TEST_F(Hpke, NeverSealsTwiceAlikeWithoutASeed) {
  EXPECT_NE(seal(plaintext_, info_), seal(plaintext_, info_));
  const Block<64> seed = filled<64>(9);
  const EncapsulationSeed view(seed);
  EXPECT_EQ(seal(plaintext_, info_, &view), seal(plaintext_, info_, &view));
}

TEST_F(Hpke, RefusesAWrongKeyAWrongInfoAndAnyTurnedBit) {
  const Buffer sealed = seal(plaintext_, info_);
  EXPECT_THAT(open(OpeningKey<role::Epoch>::generate(), sealed, info_),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(open(recipient_, sealed, as_bytes("Info")), FailsWith(Error::cannot_open));
  for (const std::size_t at : {std::size_t{0}, std::size_t{1087}, std::size_t{1088},
                               hpke_enc_size - 1, hpke_enc_size, sealed.size() - 1}) {
    EXPECT_THAT(open(recipient_, flipped(sealed, at), info_), FailsWith(Error::cannot_open)) << at;
  }
}

TEST_F(Hpke, RefusesEveryShorterMessage) {
  const Buffer sealed = seal(plaintext_, info_);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, hpke_enc_size,
                                 hpke_enc_size + aead_tag_size - 1, sealed.size() - 1}) {
    EXPECT_THAT(open(recipient_, Bytes(sealed).first(size), info_), FailsWith(Error::cannot_open));
  }
}

// ML-KEM coefficients are below 3329; FIPS 203 has the sender check it.
TEST_F(Hpke, DoesNotSealToWhatIsNoKey) {
  SealingKey<role::Epoch> no_key;
  no_key.bytes.fill(0xff);
  Buffer out(hpke_enc_size + aead_tag_size);
  const auto done = hpke_seal(no_key, info_, out, [](HpkeContext&, MutableBytes) {});
  EXPECT_THAT(done, FailsWith(Error::malformed));
}

TEST(HpkeContexts, CountMessagesAndBindTheAssociatedData) {
  const Block<32> shared = filled<32>(7);
  HpkeContext sender(shared, as_bytes("info"));
  HpkeContext receiver(shared, as_bytes("info"));
  const Buffer plaintext{1, 2};
  Buffer first(2 + aead_tag_size);
  Buffer second(2 + aead_tag_size);
  sender.seal(first, plaintext, as_bytes("aad"));
  sender.seal(second, plaintext, as_bytes("aad"));
  EXPECT_NE(first, second);

  Buffer opened(2);
  EXPECT_THAT(receiver.open(opened, second, as_bytes("aad")), FailsWith(Error::cannot_open));
  EXPECT_THAT(receiver.open(opened, first, as_bytes("other")), FailsWith(Error::cannot_open));
  EXPECT_THAT(opened, testing::Each(0));
  EXPECT_THAT(receiver.open(opened, first, as_bytes("aad")), Succeeds());
  EXPECT_EQ(opened, plaintext);
  EXPECT_THAT(receiver.open(opened, second, as_bytes("aad")), Succeeds());
  Buffer too_long(3);
  EXPECT_THAT(receiver.open(too_long, second, as_bytes("aad")), FailsWith(Error::cannot_open));
}

TEST(HpkeContexts, ExportTheSameSecretOnBothSides) {
  const Block<32> shared = filled<32>(7);
  const HpkeContext one(shared, as_bytes("info"));
  const HpkeContext two(shared, as_bytes("info"));
  const HpkeContext other(shared, as_bytes("other"));
  const auto exported = [](const HpkeContext& context, std::string_view label, std::size_t size) {
    Buffer out(size);
    context.export_secret(out, as_bytes(label));
    return out;
  };
  EXPECT_EQ(exported(one, "a", 32), exported(two, "a", 32));
  EXPECT_NE(exported(one, "a", 32), exported(one, "b", 32));
  EXPECT_NE(exported(one, "a", 32), exported(other, "a", 32));
  // The length is bound: a shorter export is not the start of a longer one.
  Buffer cut = exported(one, "a", 32);
  cut.resize(16);
  EXPECT_NE(exported(one, "a", 16), cut);
}

// The library expands the secret at each opening; we keep it expanded and do the rest ourselves.
TEST_F(Hpke, DecapsulatesWhatTheLibraryDoes) {
  const auto both = [this](const Block<hpke_enc_size>& enc) {
    Block<32> ours{};
    Block<32> theirs{};
    const bool opened = detail::decapsulate(ours, enc, recipient_.expanded()).has_value();
    const bool known =
        crypto_kem_xwing_dec(theirs.data(), enc.data(), recipient_.secret().data()) == 0;
    EXPECT_EQ(opened, known);
    if (opened) {
      EXPECT_EQ(ours, theirs);
    }
    return opened;
  };
  Block<hpke_enc_size> enc{};
  for (int i = 0; i < 20; ++i) {
    Block<32> sent{};
    ASSERT_THAT(detail::encapsulate(enc, sent, recipient_.public_key().view(), nullptr),
                Succeeds());
    EXPECT_TRUE(both(enc));
    fill_random(enc);
    EXPECT_TRUE(both(enc));  // ML-KEM rejects implicitly
  }
  std::fill(enc.end() - curve_key_size, enc.end(), std::uint8_t{0});
  EXPECT_FALSE(both(enc));
}

TEST_F(Hpke, HasThePublicKeyThatTheLibraryMakes) {
  Block<kem_public_key_size> public_key{};
  Block<kem_secret_key_size> secret{};
  crypto_kem_xwing_seed_keypair(public_key.data(), secret.data(), recipient_.secret().data());
  EXPECT_EQ(recipient_.public_key().bytes, public_key);
}

}  // namespace
}  // namespace meldpunt::crypto
