#include "server/gateway/census.h"

#include <gtest/gtest.h>

namespace meldpunt::gateway {
namespace {

Source a_source(std::uint8_t number) { return source_of_ipv4({10, 0, 0, number}); }

class CensusTest : public testing::Test {
 protected:
  void arrive(ConnectionId first, ConnectionId last, const Source& source, bool settled = false) {
    for (ConnectionId id = first; id <= last; ++id) {
      census_.arrive(id, source);
      if (settled) census_.settle(id);
    }
  }

  Census census_;
};

TEST_F(CensusTest, HasNobodyToSendAwayAtFirst) {
  EXPECT_EQ(census_.victim_for(a_source(1)), std::nullopt);
}

TEST_F(CensusTest, SendsAwayTheOldestUnfinishedOfTheCrowd) {
  arrive(1, 1, a_source(1));
  arrive(2, 5, a_source(2), true);
  arrive(6, 8, a_source(2));

  EXPECT_EQ(census_.victim_for(a_source(3)), 6U);
}

TEST_F(CensusTest, SendsAwayTheLongestQuietOfACrowdThatHasFinished) {
  arrive(1, 1, a_source(1));
  arrive(2, 5, a_source(2), true);
  census_.active(2);
  census_.active(3);

  EXPECT_EQ(census_.victim_for(a_source(3)), 4U);
}

TEST_F(CensusTest, SendsAwayTheOldestUnfinishedOfAnyoneWhenNoneIsMoreCrowded) {
  arrive(1, 3, a_source(1), true);
  arrive(4, 4, a_source(2));
  arrive(5, 6, a_source(1));

  EXPECT_EQ(census_.victim_for(a_source(1)), 4U);
}

TEST_F(CensusTest, RefusesANewcomerOfTheCrowdWhenEverybodyHasFinished) {
  arrive(1, 5, a_source(1), true);
  arrive(6, 9, a_source(2), true);

  EXPECT_EQ(census_.victim_for(a_source(1)), std::nullopt);
}

TEST_F(CensusTest, CountsAProxiedConnectionWhereItsHeaderSays) {
  arrive(1, 4, nowhere);
  arrive(5, 7, a_source(1));
  for (ConnectionId id = 1; id <= 4; ++id) {
    census_.identify(id, a_source(static_cast<std::uint8_t>(100 + id)));
  }

  EXPECT_EQ(census_.victim_for(a_source(2)), 5U);
  EXPECT_EQ(census_.size(), 7U);
}

TEST_F(CensusTest, ForgetsWhoLeaves) {
  arrive(1, 3, a_source(1));
  arrive(4, 6, a_source(2), true);
  for (ConnectionId id = 1; id <= 6; ++id) census_.leave(id);
  census_.leave(99);

  EXPECT_EQ(census_.size(), 0U);
  EXPECT_EQ(census_.victim_for(a_source(1)), std::nullopt);
}

}  // namespace
}  // namespace meldpunt::gateway
