#include "server/gateway/fair_queue.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;

Source a_source(std::uint8_t number) { return source_of_ipv4({10, 0, 0, number}); }

class FairQueueTest : public testing::Test {
 protected:
  Time now_ = Time{} + 1000s;
  FairQueue queue_{5s, 30s};
};

TEST_F(FairQueueTest, IsEmptyAtFirst) { EXPECT_EQ(queue_.take(now_), std::nullopt); }

TEST_F(FairQueueTest, ServesOneSourceInOrder) {
  for (ConnectionId id = 1; id <= 3; ++id) queue_.add(id, a_source(1), now_);

  EXPECT_EQ(queue_.take(now_), 1U);
  EXPECT_EQ(queue_.take(now_), 2U);
  EXPECT_EQ(queue_.take(now_), 3U);
}

TEST_F(FairQueueTest, TakesTurnsBetweenSources) {
  for (ConnectionId id = 1; id <= 3; ++id) queue_.add(id, a_source(1), now_);
  for (ConnectionId id = 11; id <= 13; ++id) queue_.add(id, a_source(2), now_);

  std::vector<ConnectionId> order;
  while (const auto id = queue_.take(now_)) order.push_back(*id);

  EXPECT_EQ(order, (std::vector<ConnectionId>{1, 11, 2, 12, 3, 13}));
}

TEST_F(FairQueueTest, ServesANewcomerBeforeAFlood) {
  for (ConnectionId id = 0; id < 1000; ++id) {
    queue_.add(id, a_source(static_cast<std::uint8_t>(id % 200)), now_);
  }
  for (int count = 0; count < 200; ++count) queue_.take(now_);  // everyone had a turn
  now_ += 1s;
  queue_.add(5000, a_source(250), now_);

  EXPECT_EQ(queue_.take(now_), 5000U);
}

TEST_F(FairQueueTest, HoldsASourceBackForALimitedTime) {
  for (int count = 0; count < 100; ++count) {
    queue_.add(1, a_source(1), now_);
    queue_.take(now_);
  }
  queue_.add(1, a_source(1), now_);
  now_ += 30s + 1ms;
  queue_.add(2, a_source(2), now_);

  EXPECT_EQ(queue_.take(now_), 1U);
}

TEST_F(FairQueueTest, LetsWhoLeavesGo) {
  queue_.add(1, a_source(1), now_);
  queue_.add(2, a_source(1), now_);
  queue_.add(3, a_source(2), now_);
  queue_.remove(1);
  queue_.remove(3);
  queue_.remove(99);

  EXPECT_EQ(queue_.size(), 1U);
  EXPECT_EQ(queue_.take(now_), 2U);
  EXPECT_EQ(queue_.take(now_), std::nullopt);
}

TEST_F(FairQueueTest, ForgetsASourceWhoseTurnsAreMadeUp) {
  queue_.add(1, a_source(1), now_);
  queue_.take(now_);
  queue_.forget(now_);
  EXPECT_EQ(queue_.sources(), 1U);

  queue_.forget(now_ + 5s);

  EXPECT_EQ(queue_.sources(), 0U);
}

TEST_F(FairQueueTest, LosesAndDoublesNobody) {
  std::mt19937 random(1);
  std::set<ConnectionId> waiting;
  ConnectionId last = 0;
  for (int step = 0; step < 20000; ++step) {
    now_ += std::chrono::milliseconds(random() % 20);
    const auto choice = random() % 10;
    if (choice < 5) {
      queue_.add(++last, a_source(static_cast<std::uint8_t>(random() % 9)), now_);
      waiting.insert(last);
    } else if (choice < 9) {
      const auto id = queue_.take(now_);
      ASSERT_EQ(id.has_value(), !waiting.empty());
      if (id) {
        ASSERT_EQ(waiting.erase(*id), 1U);
      }
    } else if (!waiting.empty()) {
      const ConnectionId id = *waiting.begin();
      queue_.remove(id);
      waiting.erase(id);
      queue_.forget(now_);
    }
    ASSERT_EQ(queue_.size(), waiting.size());
  }
}

}  // namespace
}  // namespace meldpunt::gateway
