#include "crypto/thread.h"

#include <sodium.h>

#include <set>

#include "crypto/label.h"
#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Threads : public testing::Test {
 protected:
  static Code fixed_code() {
    // r = 0 and its check bits.
    for (std::uint8_t check = 0; check < 16; ++check) {
      Block<code_size> bytes{};
      bytes.back() = check;
      if (auto code = Code::from_canonical(bytes)) return std::move(*code);
    }
    ADD_FAILURE() << "no check digit fits";
    return Code::generate();
  }

  const Code code_ = fixed_code();
  const RegionId region_ = id_of<RegionId>(0x21);
};

TEST_F(Threads, ComeFromTheCodeAndTheRegionAlone) {
  const auto one = derive_thread(code_, region_);
  const auto two = derive_thread(code_, region_);
  const auto elsewhere = derive_thread(code_, id_of<RegionId>(0x22));
  const auto other = derive_thread(Code::generate(), region_);
  ASSERT_TRUE(one && two && elsewhere && other);
  EXPECT_EQ(one->shared.id, two->shared.id);
  EXPECT_TRUE(equal_bytes(one->reply.secret(), two->reply.secret()));
  EXPECT_NE(one->shared.id, elsewhere->shared.id);
  EXPECT_FALSE(one->shared.reply_key == elsewhere->shared.reply_key);
  EXPECT_NE(one->shared.id, other->shared.id);
}

// Each step of thread.h, written out with libsodium's own functions.
TEST_F(Threads, FollowTheDerivationStepByStep) {
  const Hash salt = hash("code", {region_.view()});
  Block<32> stretched{};
  ASSERT_EQ(
      crypto_pwhash(stretched.data(), 32, as_text(code_.canonical()).data(), code_size,
                    salt.bytes.data(), 3, std::size_t{64} << 20, crypto_pwhash_ALG_ARGON2ID13),
      0);
  Block<32> prk{};
  crypto_kdf_hkdf_sha256_extract(prk.data(), region_.bytes.data(), 32, stretched.data(), 32);
  const auto expand = [&](const std::string& name, std::size_t size) {
    Buffer out(size);
    const std::string info = "meldpunt/1 " + name;
    crypto_kdf_hkdf_sha256_expand(out.data(), size, info.data(), info.size(), prk.data());
    return out;
  };
  const auto keys = derive_thread(code_, region_);
  ASSERT_THAT(keys, Succeeds());
  EXPECT_EQ(buffer_of(keys->shared.id.view()), expand("thread id", 16));
  EXPECT_EQ(buffer_of(keys->shared.address_key.view()), expand("address key", 32));
  EXPECT_EQ(buffer_of(keys->shared.up_key.view()), expand("up key", 32));
  EXPECT_EQ(buffer_of(keys->shared.down_key.view()), expand("down key", 32));
  EXPECT_EQ(buffer_of(keys->reply.secret()), expand("reply key", 32));
  EXPECT_EQ(keys->shared.reply_key, keys->reply.public_key());
}

TEST(ThreadAddresses, DifferByIndexRegionAndThread) {
  const RegionId region = id_of<RegionId>(1);
  const auto thread = fixed_thread();
  std::set<Address> addresses;
  for (std::size_t i = 0; i < reply_indices; ++i) {
    addresses.insert(address_of(thread.shared, region, static_cast<std::uint16_t>(i)));
  }
  addresses.insert(address_of(thread.shared, id_of<RegionId>(2), 0));
  addresses.insert(address_of(fixed_thread(0x50).shared, region, 0));
  EXPECT_EQ(addresses.size(), reply_indices + 2);
  EXPECT_EQ(
      address_of(thread.shared, region, 258),
      Address{
          hash("address", {thread.shared.address_key.view(), region.view(), Buffer{1, 2}}).bytes});
}

TEST(ThreadSecretsClone, IsWhole) {
  const auto thread = fixed_thread();
  const auto copy = thread.shared.clone();
  EXPECT_EQ(copy.id, thread.shared.id);
  EXPECT_TRUE(same_secret(copy.address_key.view(), thread.shared.address_key.view()));
  EXPECT_TRUE(same_secret(copy.up_key.view(), thread.shared.up_key.view()));
  EXPECT_TRUE(same_secret(copy.down_key.view(), thread.shared.down_key.view()));
  EXPECT_EQ(copy.reply_key, thread.shared.reply_key);
}

}  // namespace
}  // namespace meldpunt::crypto
