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

// RFC 7748, 6.1: the first of the two key pairs.
TEST(CurveKeys, GiveTheKnownAnswer) {
  Block<32> secret{};
  copy_bytes(from_hex("77076d0a7318a57d3c16c17251b26645df4c2f92ebc099ac48d9bb9d8e1e0c25"), secret);
  const auto key = CurveSecret::from_secret(secret);
  EXPECT_EQ(buffer_of(key.public_key().view()),
            from_hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
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
