#include "client/record/case_state.h"

#include <gtest/gtest.h>

#include "tests/unit/record/changes.h"

namespace meldpunt::record::test {
namespace {

class StateOfACase : public testing::Test {
 protected:
  Position write(std::uint8_t by, const RecordEvent& event) {
    record_.add(++position_, 100, device(by), event);
    return position_;
  }

  CaseRecord record_;
  Position position_ = 0;
};

TEST_F(StateOfACase, PhasesMayOverlap) {
  write(1, change("phase", {{"open", std::vector<std::string>{"F1", "F2"}}}));

  EXPECT_EQ(state_of(record_, false).phases, (std::vector<std::string>{"F1", "F2"}));
}

TEST_F(StateOfACase, WhatIsDueComesInItsOrder) {
  write(1, change("task", {{"text", "Bellen"}, {"due", "2026-03-02"}}, 0, item(1)));
  write(1, change("task", {{"text", "Klaar"}, {"due", "2026-03-01"}, {"done", true}}, 0, item(2)));
  write(1, change("review", {{"on", "2026-02-01"}}));

  const CaseState state = state_of(record_, false);

  EXPECT_EQ(state.open_tasks, 1U);
  ASSERT_EQ(state.due.size(), 2U);
  EXPECT_EQ(state.due.front().task, "") << "the review";
  EXPECT_EQ(state.due.back().task, "Bellen");
}

TEST_F(StateOfACase, IsClosedAndOpenedAgain) {
  write(1, change("phase", {{"open", std::vector<std::string>{"F3"}}}));
  const Position closed = write(1, change("closing", {{"reason", "LEFT"}}));
  EXPECT_TRUE(state_of(record_, false).closed);
  EXPECT_EQ(state_of(record_, false).phases, std::vector<std::string>{"F9"});

  write(1, removal("closing", closed));

  EXPECT_FALSE(state_of(record_, false).closed);
  EXPECT_EQ(state_of(record_, false).phases, std::vector<std::string>{"F3"});
}

TEST_F(StateOfACase, AMinorsIsClosedByTwo) {
  const Position closing = write(1, change("closing", {{"reason", "LEFT"}}));
  EXPECT_TRUE(state_of(record_, true).closing_waits_for_second);
  EXPECT_FALSE(state_of(record_, true).closed);
  const Fields second{{"what", "closing"}, {"position", std::to_string(closing)}};

  write(1, change("seconded", second, 0, item(1)));
  EXPECT_FALSE(state_of(record_, true).closed) << "the same device is no second person";
  write(2, change("seconded", second, 0, item(2)));
  EXPECT_TRUE(state_of(record_, true).closed);

  write(1, change("closing", {{"reason", "DECLINED"}}, closing));
  EXPECT_FALSE(state_of(record_, true).closed) << "the second person agreed to something else";
}

TEST_F(StateOfACase, AnApproversSignatureCountsWhenItIsBelieved) {
  const Position closing = write(1, change("closing", {{"reason", "LEFT"}}));
  write(1, change("seconded",
                  {{"what", "closing"},
                   {"position", std::to_string(closing)},
                   {"by", "aa"},
                   {"signature", "bb"}},
                  0, item(1)));

  EXPECT_FALSE(state_of(record_, true).closed) << "nobody has looked at the signature";
  EXPECT_FALSE(state_of(record_, true, [](const Fields&, const Version&) { return false; }).closed);
  EXPECT_TRUE(state_of(record_, true, [&](const Fields& seconded, const Version& version) {
                return text_in(seconded, "by") == "aa" && version.position == closing;
              }).closed);
}

TEST(Review, ComesSoonerTheMoreSpeaksForIt) {
  EXPECT_EQ(proposed_intensity(0), "LOW");
  EXPECT_EQ(proposed_intensity(2), "NORMAL");
  EXPECT_EQ(proposed_intensity(3), "HIGH");
}

}  // namespace
}  // namespace meldpunt::record::test
