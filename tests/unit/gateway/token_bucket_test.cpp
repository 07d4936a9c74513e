#include "server/gateway/token_bucket.h"

#include <gtest/gtest.h>

#include <chrono>

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;

class TokenBucketTest : public testing::Test {
 protected:
  int taken_at(Time now) {
    int taken = 0;
    while (bucket_.take(now)) ++taken;
    return taken;
  }

  const Time start_ = Time{} + 5000s;
  TokenBucket bucket_{8, 1s};
};

TEST_F(TokenBucketTest, GivesItsBurstAndThenOnePerInterval) {
  EXPECT_EQ(taken_at(start_), 8);
  EXPECT_EQ(taken_at(start_ + 999ms), 0);
  EXPECT_EQ(taken_at(start_ + 1s), 1);
  EXPECT_EQ(taken_at(start_ + 3500ms), 2);
}

TEST_F(TokenBucketTest, SaysWhenTheNextTokenIsThere) {
  taken_at(start_);

  EXPECT_EQ(bucket_.ready_at(), start_ + 1s);
}

TEST_F(TokenBucketTest, NeverHoldsMoreThanItsBurst) {
  taken_at(start_);

  EXPECT_EQ(taken_at(start_ + 24h), 8);
}

TEST_F(TokenBucketTest, OfOneStillGivesOne) {
  TokenBucket single(1, 10ms);

  EXPECT_TRUE(single.take(start_));
  EXPECT_FALSE(single.take(start_ + 9ms));
  EXPECT_TRUE(single.take(start_ + 10ms));
}

}  // namespace
}  // namespace meldpunt::gateway
