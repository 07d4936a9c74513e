#include "client/trends/privacy_cost.h"

#include <gtest/gtest.h>

namespace meldpunt::trends::test {
namespace {

TEST(TheCost, OfEightTablesIsEightTimesHalfTheSquare) {
  EXPECT_EQ(rho_of(8, {31, 250}), 61'504'000U);
  EXPECT_EQ(rho_of(1, {1, 1}), 500'000'000U);
  EXPECT_EQ(rho_of(8, {124, 1000}), rho_of(8, {31, 250}));
}

TEST(TheCost, IsNeverRoundedDown) {
  EXPECT_GE(rho_of(1, {1, 3}), 55'555'556U);
  EXPECT_LE(rho_of(1, {1, 3}), 55'555'560U);
}

// The values that the method's authors and ours have computed elsewhere.
TEST(EpsilonAtDelta, IsThatOfThePublishedFormula) {
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(24'400'000)), 1e9, 3e6);
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(88'200'000)), 2e9, 3e6);
  EXPECT_NEAR(static_cast<double>(epsilon_at_delta(311'100'000)), 4e9, 3e6);
}

TEST(TheBudget, ByDefaultPaysForAnEpsilonOfAboutOneOverAllTables) {
  const Budget budget;
  const Ratio epsilon = largest_epsilon(8, budget.inflow());

  EXPECT_EQ(epsilon, (Ratio{31, 250}));
  EXPECT_LE(rho_of(8, epsilon), budget.inflow());
  EXPECT_GT(rho_of(8, {125, 1000}), budget.inflow());
}

TEST(TheBudget, OfNothingPaysForNothing) { EXPECT_EQ(largest_epsilon(8, 0).numerator, 0U); }

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
