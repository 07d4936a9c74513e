#include "client/trends/period.h"

#include <gtest/gtest.h>

namespace meldpunt::trends::test {
namespace {

TEST(APeriod, IsAWholeMonthOrQuarter) {
  const auto november = read_period("2026-11");
  const auto quarter = read_period("2026-Q4");

  ASSERT_TRUE(november);
  ASSERT_TRUE(quarter);
  EXPECT_EQ(november->first, 20758U);  // 1 November 2026
  EXPECT_EQ(november->last - november->first + 1, 30U);
  EXPECT_EQ(quarter->last - quarter->first + 1, 92U);
  EXPECT_TRUE(quarter->overlaps(*november));
  EXPECT_FALSE(read_period("2026-10")->overlaps(*november));
}

TEST(APeriod, KnowsALeapYear) {
  const auto february = read_period("2028-02");
  ASSERT_TRUE(february);
  EXPECT_EQ(february->last - february->first + 1, 29U);
}

TEST(APeriod, HoldsItsFirstHourAndItsLastAndIsOverAfterIt) {
  const auto november = *read_period("2026-11");

  EXPECT_TRUE(november.holds(november.first * 24));
  EXPECT_TRUE(november.holds(november.last * 24 + 23));
  EXPECT_FALSE(november.holds(november.first * 24 - 1));
  EXPECT_FALSE(november.holds(november.last * 24 + 24));
  EXPECT_FALSE(november.over(november.last * 24 + 23));
  EXPECT_TRUE(november.over(november.last * 24 + 24));
}

TEST(APeriod, HasANameThatReadsAsTheSame) {
  for (const char* name : {"2026-01", "2026-12", "2026-Q1", "2026-Q4", "2028-02", "2026"}) {
    EXPECT_EQ(name_of(*read_period(name)), name);
  }
}

TEST(APeriod, IsNothingElse) {
  for (const char* wrong :
       {"", "226", "1999", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2026-1", "26-11", "2026/11",
        "2026-Q", "2026-1 ", "1999-01", "2026-W4", "x026-01"}) {
    EXPECT_FALSE(read_period(wrong)) << wrong;
  }
}

TEST(APeriod, IsMadeUpOfFinerOnes) {
  const auto year = *read_period("2028");
  const auto quarters = parts_of(year);

  ASSERT_EQ(quarters.size(), 4U);
  EXPECT_EQ(year.last - year.first + 1, 366U);
  EXPECT_EQ(quarters.front().first, year.first);
  EXPECT_EQ(quarters.back().last, year.last);
  for (std::size_t q = 0; q < 4; ++q) {
    EXPECT_EQ(name_of(quarters[q]), "2028-Q" + std::to_string(q + 1));
    const auto months = parts_of(quarters[q]);
    ASSERT_EQ(months.size(), 3U);
    EXPECT_EQ(months.back().last, quarters[q].last);
    EXPECT_EQ(cadence_of(months[1]), Cadence::month);
    EXPECT_TRUE(parts_of(months[1]).empty());
    EXPECT_EQ(period_around(months[2].last, Cadence::quarter), quarters[q]);
  }
  EXPECT_EQ(cadence_of(year), Cadence::year);
  EXPECT_FALSE(cadence_of({year.first, year.first + 6}));
}

}  // namespace
}  // namespace meldpunt::trends::test
