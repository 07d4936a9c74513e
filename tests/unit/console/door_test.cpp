#include "client/console/door.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/console/moved_clock.h"

namespace meldpunt::console {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class AtTheDoor : public testing::Test {
 protected:
  test::MovedClock clock_{seconds(1'790'000'000)};
  Door door_{clock_, minutes(15)};
};

}  // namespace

TEST_F(AtTheDoor, ATokenOpensOnce) {
  const std::string token = door_.new_token();
  EXPECT_EQ(token.size(), 43U);
  EXPECT_TRUE(door_.token_waits());

  const auto session = door_.open(token);

  ASSERT_TRUE(session);
  EXPECT_TRUE(door_.knows(*session));
  EXPECT_FALSE(door_.token_waits());
  EXPECT_FALSE(door_.open(token));
}

TEST_F(AtTheDoor, AWrongTokenOpensNothingAndLeavesTheRightOne) {
  const std::string token = door_.new_token();
  std::string wrong = token;
  wrong.front() = wrong.front() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(door_.open(wrong));
  EXPECT_FALSE(door_.open(""));
  EXPECT_FALSE(door_.open(token.substr(0, 42)));
  EXPECT_FALSE(door_.open(token + "A"));
  EXPECT_TRUE(door_.open(token));
}

TEST_F(AtTheDoor, ANewTokenEndsTheOneBefore) {
  const std::string before = door_.new_token();
  const std::string after = door_.new_token();
  EXPECT_NE(before, after);
  EXPECT_FALSE(door_.open(before));
  EXPECT_TRUE(door_.open(after));
}

TEST_F(AtTheDoor, NoTokenNoSession) {
  EXPECT_FALSE(door_.open(std::string(43, 'A')));  // 32 zero bytes
  EXPECT_FALSE(door_.knows(""));
  EXPECT_FALSE(door_.knows(std::string(43, 'A')));
}

TEST_F(AtTheDoor, ATokenIsNoSession) {
  const std::string token = door_.new_token();
  EXPECT_FALSE(door_.knows(token));
  const auto session = door_.open(token);
  ASSERT_TRUE(session);
  EXPECT_NE(token, *session);
  EXPECT_FALSE(door_.knows(token));
}

TEST_F(AtTheDoor, TheOldestSessionGivesWay) {
  std::vector<std::string> sessions;
  for (std::size_t i = 0; i <= Door::sessions_most; ++i) {
    sessions.push_back(door_.open(door_.new_token()).value());
  }
  EXPECT_FALSE(door_.knows(sessions.front()));
  for (std::size_t i = 1; i < sessions.size(); ++i) EXPECT_TRUE(door_.knows(sessions[i]));
  EXPECT_EQ(std::set(sessions.begin(), sessions.end()).size(), sessions.size());
}

TEST_F(AtTheDoor, LocksWhenNobodyStirs) {
  clock_.pass(minutes(14));
  EXPECT_EQ(door_.until_lock(), minutes(1));
  door_.stir();
  clock_.pass(minutes(14));
  EXPECT_FALSE(door_.locked());
  clock_.pass(minutes(1));
  EXPECT_TRUE(door_.locked());
  EXPECT_EQ(door_.until_lock(), seconds(0));
  // Too late.
  door_.stir();
  EXPECT_TRUE(door_.locked());
}

TEST_F(AtTheDoor, IsLockedAfterTheMachineSlept) {
  clock_.sleep(minutes(20));
  EXPECT_TRUE(door_.locked());
  clock_.set_back(minutes(60));
  EXPECT_TRUE(door_.locked());
}

TEST_F(AtTheDoor, AClockThatIsSetBackDoesNotHoldItOpen) {
  clock_.set_back(minutes(60));
  clock_.pass(minutes(15));
  EXPECT_TRUE(door_.locked());
}

TEST_F(AtTheDoor, LocksAtOnceAndTheRightPassphraseUnlocks) {
  door_.lock();
  EXPECT_TRUE(door_.locked());
  door_.tried(false);
  EXPECT_TRUE(door_.locked());
  door_.tried(true);
  EXPECT_FALSE(door_.locked());
  EXPECT_EQ(door_.until_lock(), minutes(15));
}

TEST_F(AtTheDoor, WrongPassphrasesMakeTheNextWait) {
  door_.tried(false);
  door_.tried(false);
  EXPECT_EQ(door_.wait_for_try(), seconds(0));
  door_.tried(false);
  EXPECT_EQ(door_.wait_for_try(), seconds(2));
  clock_.pass(seconds(2));
  EXPECT_EQ(door_.wait_for_try(), seconds(0));
  for (int i = 0; i < 20; ++i) door_.tried(false);
  EXPECT_EQ(door_.wait_for_try(), seconds(64));
  door_.tried(true);
  EXPECT_EQ(door_.wait_for_try(), seconds(0));
}

}  // namespace meldpunt::console
