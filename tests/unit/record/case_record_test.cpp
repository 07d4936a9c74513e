#include "client/record/case_record.h"

#include <gtest/gtest.h>

#include "tests/unit/record/changes.h"

namespace meldpunt::record::test {
namespace {

class CaseFile : public testing::Test {
 protected:
  // The next line of the journal.
  Position write(std::uint8_t by, const RecordEvent& event) {
    ++position_;
    record_.add(position_, 100, device(by), event);
    return position_;
  }

  CaseRecord record_;
  Position position_ = 0;
};

TEST_F(CaseFile, HoldsWhatWasWrittenLast) {
  const Position first = write(1, change("risk", {{"urgency", "NORMAL"}}));
  write(2, change("risk", {{"urgency", "ACUTE"}}, first));

  const Item* risk = record_.one("risk");

  ASSERT_NE(risk, nullptr);
  EXPECT_EQ(text_in(risk->fields(), "urgency"), "ACUTE");
  EXPECT_EQ(risk->now().device, device(2));
  EXPECT_EQ(risk->history.size(), 2U);
  EXPECT_TRUE(risk->conflicts().empty());
  EXPECT_EQ(record_.newest("risk", {}), 2U);
}

TEST_F(CaseFile, ShowsBothWhenNeitherHadSeenTheOther) {
  const Position first = write(1, change("risk", {{"urgency", "NORMAL"}}));
  write(1, change("risk", {{"urgency", "HIGH"}}, first));
  write(2, change("risk", {{"urgency", "ACUTE"}}, first));

  const Item* risk = record_.one("risk");

  ASSERT_EQ(risk->conflicts().size(), 1U);
  EXPECT_EQ(text_in(risk->conflicts().front()->fields, "urgency"), "HIGH");
  EXPECT_EQ(record_.conflict_count(), 1U);
}

TEST_F(CaseFile, AConflictEndsWhenSomebodyWhoReadBothWritesAgain) {
  write(1, change("risk", {{"urgency", "HIGH"}}));
  const Position second = write(2, change("risk", {{"urgency", "ACUTE"}}));
  ASSERT_EQ(record_.conflict_count(), 1U);

  write(1, change("risk", {{"urgency", "ACUTE"}}, second));

  EXPECT_EQ(record_.conflict_count(), 0U);
  EXPECT_EQ(record_.one("risk")->history.size(), 3U);
}

TEST_F(CaseFile, ADeviceHasReadWhatItWroteItself) {
  write(1, change("risk", {{"urgency", "HIGH"}}));
  write(1, change("risk", {{"urgency", "ACUTE"}}));

  EXPECT_EQ(record_.conflict_count(), 0U);
  EXPECT_EQ(text_in(record_.one("risk")->fields(), "urgency"), "ACUTE");
}

TEST_F(CaseFile, TheSameSaidTwiceIsNoConflict) {
  write(1, change("risk", {{"urgency", "HIGH"}}));
  write(2, change("risk", {{"urgency", "HIGH"}}));

  EXPECT_EQ(record_.conflict_count(), 0U);
}

TEST_F(CaseFile, CountsAChangeOnce) {
  const RecordEvent event = change("need", {{"need", "P1"}}, 0, item(1));
  write(1, event);
  EXPECT_FALSE(record_.add(9, 100, device(1), event));

  EXPECT_EQ(record_.several("need").size(), 1U);
  EXPECT_EQ(record_.several("need").front()->history.size(), 1U);
}

TEST_F(CaseFile, WhatIsRemovedUnseenStaysBesideWhatWasWritten) {
  const Position first = write(1, change("need", {{"need", "P1"}}, 0, item(1)));
  write(1, change("need", {{"need", "P2"}}, first, item(1)));
  write(2, removal("need", first, item(1)));

  ASSERT_EQ(record_.several("need").size(), 1U) << "its writer had not read P2";
  const Item* need = record_.several("need").front();
  EXPECT_TRUE(need->removed());
  ASSERT_EQ(need->conflicts().size(), 1U);
  EXPECT_EQ(text_in(need->conflicts().front()->fields, "need"), "P2");

  write(2, removal("need", 3, item(1)));
  EXPECT_TRUE(record_.several("need").empty());
}

TEST_F(CaseFile, KeepsItemsApart) {
  write(1, change("need", {{"need", "P1"}}, 0, item(1)));
  write(2, change("need", {{"need", "P2"}}, 0, item(2)));

  EXPECT_EQ(record_.several("need").size(), 2U);
  EXPECT_EQ(record_.conflict_count(), 0U);
  EXPECT_EQ(record_.one("risk"), nullptr);
}

}  // namespace
}  // namespace meldpunt::record::test
