#include "crypto/xaead.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Keeping : public testing::Test {
 protected:
  static Buffer seal(Bytes plaintext, Bytes associated, const SymmetricKey& key) {
    Buffer sealed(plaintext.size() + xaead_overhead);
    xaead_seal(sealed, plaintext, associated, key);
    return sealed;
  }

  const SymmetricKey key_ = SymmetricKey::random();
  const Buffer plaintext_{1, 2, 3};
  const Buffer sealed_ = seal(plaintext_, as_bytes("place"), key_);
  Buffer opened_ = Buffer(3, 0xaa);
};

TEST_F(Keeping, OpensWhatItSealed) {
  ASSERT_THAT(xaead_open(opened_, sealed_, as_bytes("place"), key_), Succeeds());
  EXPECT_EQ(opened_, plaintext_);
}

TEST_F(Keeping, UsesAFreshNonceEachTime) {
  EXPECT_NE(seal(plaintext_, {}, key_), seal(plaintext_, {}, key_));
}

TEST_F(Keeping, LeavesZerosWhenItCannotOpen) {
  EXPECT_THAT(xaead_open(opened_, sealed_, as_bytes("other"), key_), FailsWith(Error::cannot_open));
  EXPECT_THAT(opened_, testing::Each(0));
  EXPECT_THAT(xaead_open(opened_, sealed_, as_bytes("place"), SymmetricKey::random()),
              FailsWith(Error::cannot_open));
}

TEST_F(Keeping, RefusesEveryTurnedByteAndEveryOtherLength) {
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    EXPECT_THAT(xaead_open(opened_, flipped(sealed_, i), as_bytes("place"), key_),
                FailsWith(Error::cannot_open));
    EXPECT_THAT(xaead_open(opened_, Bytes(sealed_).first(i), as_bytes("place"), key_),
                FailsWith(Error::cannot_open));
  }
}

}  // namespace
}  // namespace meldpunt::crypto
