#include "crypto/key_file.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class KeyFiles : public testing::Test {
 protected:
  static constexpr PassphraseCost cheap{1, 64};
  static constexpr std::size_t passes_at = 2 + 19 + 16;
  static constexpr std::size_t memory_at = passes_at + 4;

  const Buffer secret_{1, 2, 3, 4};
  const Bytes passphrase_ = as_bytes("paard batterij");
  const Buffer file_ = *lock_with_passphrase(secret_, passphrase_, cheap);
};

TEST_F(KeyFiles, OpenWithTheirPassphrase) {
  const auto opened = unlock_with_passphrase(file_, passphrase_);
  ASSERT_THAT(opened, Succeeds());
  EXPECT_EQ(buffer_of(opened->view()), secret_);
}

TEST_F(KeyFiles, DifferEachTimeAndHideTheSecret) {
  const auto again = lock_with_passphrase(secret_, passphrase_, cheap);
  ASSERT_THAT(again, Succeeds());
  EXPECT_NE(*again, file_);
  EXPECT_EQ(std::search(file_.begin(), file_.end(), secret_.begin(), secret_.end()), file_.end());
}

TEST_F(KeyFiles, CostSixtyFourMebibytesUnlessToldOtherwise) {
  const auto file = lock_with_passphrase(secret_, passphrase_);
  ASSERT_THAT(file, Succeeds());
  const Buffer expected{0, 0, 0, 3, 0, 1, 0, 0};
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), file->begin() + passes_at));
  EXPECT_THAT(unlock_with_passphrase(*file, passphrase_), Succeeds());
}

TEST_F(KeyFiles, TellAWrongPassphraseAndAlteredBytesAlike) {
  EXPECT_THAT(unlock_with_passphrase(file_, as_bytes("paard batterijen")),
              FailsWith(Error::wrong_passphrase));
  EXPECT_THAT(unlock_with_passphrase(file_, {}), FailsWith(Error::wrong_passphrase));
  const std::size_t salt_at = 21;
  for (const std::size_t at : {salt_at, memory_at + 4, file_.size() - 1}) {
    EXPECT_THAT(unlock_with_passphrase(flipped(file_, at), passphrase_),
                FailsWith(Error::wrong_passphrase));
  }
  EXPECT_THAT(unlock_with_passphrase(flipped(file_, passes_at + 3, 3), passphrase_),
              FailsWith(Error::wrong_passphrase));
}

TEST_F(KeyFiles, AreMalformedWhenCutOrOfAnotherKind) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{20}, memory_at + 3, memory_at + 4 + 24 + 15}) {
    EXPECT_THAT(unlock_with_passphrase(Bytes(file_).first(size), passphrase_),
                FailsWith(Error::malformed));
  }
  EXPECT_THAT(unlock_with_passphrase(flipped(file_, 2), passphrase_), FailsWith(Error::malformed));
}

TEST_F(KeyFiles, NeverSpendMoreThanTheBounds) {
  EXPECT_THAT(unlock_with_passphrase(flipped(file_, passes_at, 0x80), passphrase_),
              FailsWith(Error::malformed));
  EXPECT_THAT(unlock_with_passphrase(flipped(file_, memory_at, 0x80), passphrase_),
              FailsWith(Error::malformed));
  for (const PassphraseCost cost : {PassphraseCost{0, 64}, PassphraseCost{17, 64},
                                    PassphraseCost{1, 7}, PassphraseCost{1, 1024 * 1024 + 1}}) {
    EXPECT_THAT(lock_with_passphrase(secret_, passphrase_, cost), FailsWith(Error::malformed));
  }
}

}  // namespace
}  // namespace meldpunt::crypto
