#include "server/gateway/notice_memory.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/unit/gateway/standing_daemon.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t noon = std::uint64_t{crypto::test::today} * 86400 + 12 * 3600;

std::shared_ptr<const crypto::Frame> notice_of(std::uint32_t tick, std::uint64_t made) {
  return std::make_shared<crypto::Frame>(test::a_notice(tick, made, 600));
}

class NoticeMemories : public testing::Test {
 protected:
  // The first moment, in whole seconds from now, at which the next notice is due.
  int due_after() const {
    int seconds = 0;
    while (!memory_.due(now_ + std::chrono::seconds(seconds)) && seconds < 10'000) ++seconds;
    return seconds;
  }

  const crypto::test::FixedRegion region_;
  NoticeMemory memory_{region_.pin};
  const Time now_ = std::chrono::steady_clock::now();
};

TEST_F(NoticeMemories, AskAgainWhenTheTickEnds) {
  ASSERT_TRUE(memory_.take(notice_of(1, noon), now_, noon + 250));

  EXPECT_EQ(due_after(), 351);
}

TEST_F(NoticeMemories, AskOftenWhenTheSameNoticeComesAgain) {
  ASSERT_TRUE(memory_.take(notice_of(1, noon), now_, noon + 700));
  EXPECT_EQ(due_after(), 1);  // by our clock the tick is over
  ASSERT_TRUE(memory_.take(notice_of(1, noon), now_, noon + 701));

  EXPECT_EQ(due_after(), 37);  // a sixteenth of a tick
}

TEST_F(NoticeMemories, NeverWaitLongerThanATick) {
  ASSERT_TRUE(memory_.take(notice_of(1, noon), now_, noon - 5000));

  EXPECT_EQ(due_after(), 601);
}

TEST_F(NoticeMemories, KeepNothingThatThePinDoesNotVouchFor) {
  auto forged = std::make_shared<crypto::Frame>(test::a_notice(1, noon, 600));
  forged->back() ^= 1;

  EXPECT_FALSE(memory_.take(forged, now_, noon));
  EXPECT_EQ(memory_.current(), nullptr);
  EXPECT_EQ(due_after(), 1);
}

TEST_F(NoticeMemories, ForgetWhenTheDaemonMayBeAnother) {
  ASSERT_TRUE(memory_.take(notice_of(1, noon), now_, noon));
  ASSERT_NE(memory_.current(), nullptr);

  memory_.forget(now_);

  EXPECT_EQ(memory_.current(), nullptr);
  EXPECT_EQ(due_after(), 0);
}

}  // namespace
}  // namespace meldpunt::gateway
