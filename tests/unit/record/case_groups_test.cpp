#include "client/record/case_groups.h"

#include <gtest/gtest.h>

namespace meldpunt::record::test {
namespace {

crypto::CaseId a_case(std::uint8_t number) {
  crypto::CaseId id;
  id.bytes[0] = number;
  return id;
}

TEST(CaseGroups, ThreeReportsAreOneCaseAndOneIsSplitOffAgain) {
  CaseGroups groups;
  groups.belongs(a_case(2), a_case(1));
  groups.belongs(a_case(3), a_case(2));
  EXPECT_EQ(groups.head_of(a_case(3)), a_case(1));
  EXPECT_EQ(groups.members_of(a_case(1)), (std::vector{a_case(2), a_case(3)}));

  groups.belongs(a_case(3), {});

  EXPECT_TRUE(groups.stands_alone(a_case(3)));
  EXPECT_EQ(groups.members_of(a_case(1)), std::vector{a_case(2)});
}

TEST(CaseGroups, NeverBecomeACircle) {
  CaseGroups groups;
  groups.belongs(a_case(1), a_case(2));
  groups.belongs(a_case(2), a_case(1));
  groups.belongs(a_case(2), a_case(2));

  EXPECT_EQ(groups.head_of(a_case(1)), a_case(2));
  EXPECT_EQ(groups.head_of(a_case(2)), a_case(2));
}

TEST(CaseGroups, LetGoOfWhatWasErased) {
  CaseGroups groups;
  groups.belongs(a_case(2), a_case(1));
  groups.belongs(a_case(3), a_case(1));

  groups.erased(a_case(1));

  EXPECT_TRUE(groups.stands_alone(a_case(2)));
  EXPECT_TRUE(groups.stands_alone(a_case(3)));
}

}  // namespace
}  // namespace meldpunt::record::test
