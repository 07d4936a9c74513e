#include "crypto/keys.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Signing : public testing::Test {
 protected:
  const SigningKey<role::Device> key_ = SigningKey<role::Device>::generate();
  const RegionId region_ = id_of<RegionId>(1);
  const Buffer body_{1, 2, 3};
  const Signature signature_ = key_.sign("note", region_, body_);
};

TEST_F(Signing, IsVerifiedUnderTheSameLabelRegionAndBody) {
  EXPECT_TRUE(verify(key_.public_key(), "note", region_, body_, signature_));
}

TEST_F(Signing, IsRefusedForAnyOtherLabelRegionBodyOrKey) {
  EXPECT_FALSE(verify(key_.public_key(), "notes", region_, body_, signature_));
  EXPECT_FALSE(verify(key_.public_key(), "note", id_of<RegionId>(2), body_, signature_));
  EXPECT_FALSE(verify(key_.public_key(), "note", region_, Buffer{1, 2, 4}, signature_));
  const auto other = SigningKey<role::Device>::generate();
  EXPECT_FALSE(verify(other.public_key(), "note", region_, body_, signature_));
}

TEST_F(Signing, IsRefusedWithAnyByteOfTheSignatureTurned) {
  for (std::size_t i = 0; i < Signature::size; ++i) {
    Signature damaged = signature_;
    damaged.bytes[i] ^= 0x10;
    EXPECT_FALSE(verify(key_.public_key(), "note", region_, body_, damaged)) << i;
  }
}

// With the neutral element as key, one signature would pass for every message.
TEST_F(Signing, IsRefusedUnderAKeyOfSmallOrder) {
  VerifyKey<role::Device> neutral;
  neutral.bytes[0] = 1;
  Signature forged;
  forged.bytes[0] = 1;
  EXPECT_FALSE(verify(neutral, "note", region_, body_, forged));
}

TEST_F(Signing, GivesTheSameKeyFromItsSeed) {
  Block<signing_seed_size> seed{};
  copy_bytes(key_.seed(), seed);
  const auto again = SigningKey<role::Device>::from_seed(seed);
  EXPECT_EQ(again.public_key(), key_.public_key());
  EXPECT_EQ(again.sign("note", region_, body_), signature_);
}

TEST(OpeningKeys, GiveTheSamePublicKeyFromTheirSecret) {
  const auto key = OpeningKey<role::Epoch>::generate();
  const auto again = OpeningKey<role::Epoch>::from_secret(key.secret());
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_FALSE(OpeningKey<role::Epoch>::generate().public_key() == key.public_key());
}

// RFC 7748, 5.2: the iterated test after one step, whose scalar and point are both 9.
TEST(CurveKeys, GiveTheKnownAnswer) {
  Block<32> secret{};
  secret[0] = 9;
  const auto key = CurveSecret::from_secret(secret);
  EXPECT_EQ(buffer_of(key.public_key().view()),
            from_hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
  EXPECT_TRUE(equal_bytes(key.secret(), secret));
  EXPECT_FALSE(CurveSecret::generate().public_key() == key.public_key());
}

TEST(Identifiers, AreOrderedComparedAndTestedForZero) {
  EXPECT_TRUE(Hash().is_zero());
  EXPECT_FALSE(id_of<Hash>(1).is_zero());
  EXPECT_LT(id_of<Hash>(1), id_of<Hash>(2));
  CurveKey low;
  CurveKey high;
  high.bytes[0] = 1;
  EXPECT_TRUE(low < high);
  EXPECT_FALSE(high < low);
}

}  // namespace
}  // namespace meldpunt::crypto
