#include "crypto/puzzle.h"

#include "tests/support/fixed_region.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Puzzles : public testing::Test {
 protected:
  const Challenge challenge_ = id_of<Challenge>(1);
  const RegionId region_ = id_of<RegionId>(2);
  const Hash envelope_ = id_of<Hash>(3);
};

TEST_F(Puzzles, AreSolvedForTheirChallengeRegionAndEnvelopeAlone) {
  const auto answer = solve(7, challenge_, region_, envelope_, 1, 10000);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(solves(*answer, 7, challenge_, region_, envelope_));
  EXPECT_TRUE(solves(*answer, 3, challenge_, region_, envelope_));
  EXPECT_FALSE(solves(*answer, 7, id_of<Challenge>(9), region_, envelope_));
  EXPECT_FALSE(solves(*answer, 7, challenge_, id_of<RegionId>(9), envelope_));
  EXPECT_FALSE(solves(*answer, 7, challenge_, region_, id_of<Hash>(9)));
}

TEST_F(Puzzles, CostTwiceAsMuchForEachBit) {
  int solved = 0;
  for (std::uint64_t i = 0; i < 256; ++i) {
    if (solve(2, challenge_, region_, envelope_, i, 1)) ++solved;
  }
  EXPECT_GT(solved, 35);  // expected 64, standard deviation 7
  EXPECT_LT(solved, 95);
}

TEST_F(Puzzles, AreFreeInPeaceAndNeverDearerThanTheCap) {
  EXPECT_TRUE(solves({}, 0, challenge_, region_, envelope_));
  EXPECT_EQ(solve(0, challenge_, region_, envelope_, 5, 1)->bytes.back(), 5);
  EXPECT_FALSE(solves({}, effort_max + 1, challenge_, region_, envelope_));
}

TEST_F(Puzzles, AreGivenUpAfterTheTriesAllowed) {
  EXPECT_EQ(solve(60, challenge_, region_, envelope_, 0, 3), std::nullopt);
  EXPECT_EQ(solve(0, challenge_, region_, envelope_, 0, 0), std::nullopt);
}

TEST_F(Puzzles, BindTheWholeEnvelope) {
  SealedReport sealed{};
  const Hash before = hash_of_envelope(sealed);
  sealed.back() = 1;
  EXPECT_NE(hash_of_envelope(sealed), before);
}

}  // namespace
}  // namespace meldpunt::crypto
