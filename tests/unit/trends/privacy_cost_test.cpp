#include "client/trends/privacy_cost.h"

#include <gtest/gtest.h>

namespace meldpunt::trends::test {
namespace {

// The values that the method's authors and ours have computed elsewhere.
TEST(EpsilonAtDelta, IsThatOfThePublishedFormula) {
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(24'400'000)), 1e9, 3e6);
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(88'200'000)), 2e9, 3e6);
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(311'100'000)), 4e9, 3e6);
}

TEST(Decimals, AreWrittenAndReadExactly) {
  EXPECT_EQ(decimal(61'504'000), "0.061504");
  EXPECT_EQ(decimal(2'000'000'000), "2.0");
  EXPECT_EQ(decimal(1), "0.000000001");
  EXPECT_EQ(read_decimal("0.088"), 88'000'000U);
  EXPECT_EQ(read_decimal("1"), 1'000'000'000U);
  for (const char* wrong : {"", ".", "-1", "0.0000000001", "1e3", "0,1", "1.2.3"}) {
    EXPECT_EQ(read_decimal(wrong), 0U) << wrong;
  }
}

}  // namespace
}  // namespace meldpunt::trends::test
