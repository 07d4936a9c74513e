#include "client/lib/checklists.h"

#include <gtest/gtest.h>

#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class AChecklist : public TwoDesks {
 protected:
  AChecklist() : TwoDesks(1) {}
};

TEST_F(AChecklist, HasPointsWithASourceEach) {
  ASSERT_GE(checklists().size(), 4U);
  for (const Checklist& list : checklists()) {
    SCOPED_TRACE(list.code);
    EXPECT_FALSE(list.dutch.empty() || list.english.empty() || list.points.empty());
    for (const ChecklistPoint& point : list.points) {
      EXPECT_FALSE(point.dutch.empty() || point.english.empty() || point.sources.empty());
    }
  }
  EXPECT_EQ(find_checklist("no such list"), nullptr);
}

TEST_F(AChecklist, IsAddedOnceAndTickedOffByAnybody) {
  const auto steward = must(synced("steward"));
  const auto subject = case_of(*steward, 1);
  const Checklist& intake = *find_checklist("intake");
  EXPECT_EQ(must(add_checklist(*steward->casework, subject, intake, LabelLanguage::dutch)),
            intake.points.size());
  EXPECT_EQ(must(add_checklist(*steward->casework, subject, intake, LabelLanguage::dutch)), 0U);

  const auto deputy = must(synced("deputy"));
  const auto points = deputy->casework->files().of(subject).several("check");
  ASSERT_EQ(points.size(), intake.points.size());
  const auto first = points.front()->id;
  must(tick_point(*deputy->casework, subject, first, true));
  EXPECT_EQ(tick_point(*deputy->casework, subject, {}, true).error().exit_code, EX_NOINPUT);

  must(steward->casework->sync());
  const record::Item* point = steward->casework->files().of(subject).find("check", first);
  EXPECT_TRUE(record::flag_in(point->fields(), "done"));
  EXPECT_EQ(record::text_in(point->fields(), "text"), intake.points.front().dutch);
  EXPECT_EQ(point->now().device, deputy->home.keys().id);
  EXPECT_EQ(point->history.size(), 2U);
}

}  // namespace
}  // namespace meldpunt::client::test
