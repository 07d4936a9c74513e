#include "crypto/wire/notice.h"

#include "crypto/label.h"
#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Notices : public testing::Test {
 protected:
  Notices() {
    digest_.time = std::uint64_t{today} * 86400 + 3600;
    digest_.tick = 77;
    digest_.generation = 2;
    digest_.request_key_id = id_of<KeyId>(9);
    digest_.request_key = region_.request.public_key();
    digest_.challenge = id_of<Challenge>(8);
    digest_.effort = 4;
    digest_.salt = id_of<Salt>(7);
    digest_.tags = *make_tags(digest_.salt, living_);
  }
  Frame sign() const {
    return *sign_notice(region_.signed_bundle(), digest_, region_.id, region_.daemon);
  }
  // Signs whatever the bytes before the signature are, as a faulty daemon might.
  Frame signed_again(Frame frame) const {
    const Bytes body = Bytes(frame).first(frame_size - signature_size);
    const Signature signature = region_.daemon.sign("notice", region_.id, body);
    copy_bytes(signature.view(), MutableBytes(frame).last(signature_size));
    return frame;
  }
  Result<Notice> verified(const Frame& frame) const { return verify_notice(frame, region_.pin); }

  FixedRegion region_;
  const std::vector<Address> living_{id_of<Address>(1), id_of<Address>(2)};
  Digest digest_;
};

TEST_F(Notices, CarryTheBundleAndTheDigest) {
  const auto notice = verified(sign());
  ASSERT_THAT(notice, Succeeds());
  EXPECT_EQ(notice->bundle.day, today);
  EXPECT_EQ(notice->bundle.team, region_.team.public_key());
  const Digest& digest = notice->digest;
  EXPECT_EQ(digest.time, digest_.time);
  EXPECT_EQ(digest.tick, 77U);
  EXPECT_EQ(digest.tick_seconds, 600);
  EXPECT_EQ(digest.generation, 2U);
  EXPECT_EQ(digest.request_key_id, digest_.request_key_id);
  EXPECT_EQ(digest.request_key, digest_.request_key);
  EXPECT_EQ(digest.challenge, digest_.challenge);
  EXPECT_EQ(digest.effort, 4);
  EXPECT_EQ(digest.salt, digest_.salt);
  EXPECT_EQ(digest.tags, digest_.tags);
}

TEST_F(Notices, ShowWhoKnowsAnAddressThatItMayHoldSomething) {
  for (const Address& address : living_) EXPECT_TRUE(digest_.may_hold(address));
  int by_chance = 0;
  for (std::uint8_t i = 10; i < 110; ++i) by_chance += digest_.may_hold(id_of<Address>(i)) ? 1 : 0;
  EXPECT_EQ(by_chance, 0);  // one in fifteen thousand by chance
}

TEST_F(Notices, AreRefusedWithABitTurnedAnywhere) {
  const Frame frame = sign();
  for (std::size_t at = 0; at < frame_size; at += 97) {
    Frame damaged = frame;
    damaged[at] ^= 1;
    EXPECT_FALSE(verified(damaged)) << at;
  }
}

TEST_F(Notices, AreSignedByTheDaemonThatTheBundleNames) {
  const auto other = signing_key<role::Daemon>(0x99);
  const auto frame = sign_notice(region_.signed_bundle(), digest_, region_.id, other);
  EXPECT_THAT(verified(*frame), FailsWith(Error::bad_signature));
  const auto elsewhere =
      sign_notice(region_.signed_bundle(), digest_, id_of<RegionId>(1), region_.daemon);
  EXPECT_THAT(verified(*elsewhere), FailsWith(Error::bad_signature));
}

TEST_F(Notices, AreOfTheirBundlesDay) {
  digest_.time = std::uint64_t{today} * 86400;
  EXPECT_THAT(verified(sign()), Succeeds());
  digest_.time += 86399;
  EXPECT_THAT(verified(sign()), Succeeds());
  digest_.time += 1;
  EXPECT_THAT(verified(sign()), FailsWith(Error::expired));
  digest_.time = std::uint64_t{today} * 86400 - 1;
  EXPECT_THAT(verified(sign()), FailsWith(Error::not_yet_valid));
  digest_.time = ~std::uint64_t{0};
  EXPECT_THAT(verified(sign()), FailsWith(Error::expired));
}

TEST_F(Notices, PassOnWhyTheBundleIsRefused) {
  region_.bundle.day = region_.certificate.until + 1;
  EXPECT_THAT(verified(sign()), FailsWith(Error::expired));
  EXPECT_THAT(verified(Frame{}), FailsWith(Error::malformed));
}

TEST_F(Notices, AreMalformedWithPaddingThatIsNotZero) {
  Frame frame = sign();
  frame[bundle_area_size - 1] = 1;
  EXPECT_THAT(verified(signed_again(frame)), FailsWith(Error::malformed));
}

TEST_F(Notices, AreMalformedUnlessTheTagsRise) {
  std::swap(digest_.tags[5], digest_.tags[6]);
  EXPECT_THAT(verified(sign()), FailsWith(Error::malformed));
  digest_.tags[6] = digest_.tags[5] = 0;
  EXPECT_THAT(verified(sign()), FailsWith(Error::malformed));
}

TEST_F(Notices, AreMalformedWithoutATickLengthOrAKeyId) {
  digest_.tick_seconds = 0;
  EXPECT_THAT(verified(sign()), FailsWith(Error::malformed));
  digest_.tick_seconds = 1;
  digest_.request_key_id = {};
  EXPECT_THAT(verified(sign()), FailsWith(Error::malformed));
}

TEST_F(Notices, HaveRoomForTheirBundleOnly) {
  EXPECT_THAT(sign_notice(Buffer(bundle_area_size - 1), digest_, region_.id, region_.daemon),
              FailsWith(Error::too_long));
}

TEST(Tags, AreTheFirstFourBytesOfTheSaltedHash) {
  const Hash full = hash("tag", {id_of<Salt>(1).view(), id_of<Address>(2).view()});
  const std::uint32_t expected = static_cast<std::uint32_t>(full.bytes[0]) << 24 |
                                 static_cast<std::uint32_t>(full.bytes[1]) << 16 |
                                 static_cast<std::uint32_t>(full.bytes[2]) << 8 | full.bytes[3];
  EXPECT_EQ(tag_of(id_of<Salt>(1), id_of<Address>(2)), expected);
  EXPECT_NE(tag_of(id_of<Salt>(2), id_of<Address>(2)), expected);
}

TEST(Tags, RiseAndAreFilledUpAtRandom) {
  const Salt salt = id_of<Salt>(1);
  const auto some = make_tags(salt, {});
  const auto others = make_tags(salt, {});
  ASSERT_TRUE(some && others);
  EXPECT_NE(*some, *others);
  EXPECT_TRUE(std::is_sorted(some->begin(), some->end()));
  EXPECT_EQ(std::adjacent_find(some->begin(), some->end()), some->end());
}

TEST(Tags, HaveRoomForSoManyAddresses) {
  std::vector<Address> living(digest_tags);
  for (std::size_t i = 0; i < living.size(); ++i) {
    living[i].bytes[0] = static_cast<std::uint8_t>(i);
    living[i].bytes[1] = static_cast<std::uint8_t>(i >> 8);
  }
  EXPECT_THAT(make_tags({}, living), Succeeds());
  living.push_back(id_of<Address>(9));
  EXPECT_THAT(make_tags({}, living), FailsWith(Error::too_many));
}

}  // namespace
}  // namespace meldpunt::crypto
