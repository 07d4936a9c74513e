#include "client/lib/caller_report.h"

#include <gtest/gtest.h>

#include "client/lib/word_lists.h"
#include "crypto/thread.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

class Caller : public TwoDesks {
 protected:
  Caller() : TwoDesks(1) {}

  [[nodiscard]] CallerReport told(const std::string& text) const {
    Answers answers;
    answers.statement = {"vi", {{"urgency", {"ACUTE"}}}, text, {}};
    return must(CallerReport::make(std::move(answers), office_.pin));
  }
};

TEST_F(Caller, GetsACodeUnderWhichTheReportIsAnswered) {
  const auto steward = must(synced("steward"));
  CallerReport report = told("Zij belt uit een winkel.");
  const auto lists = all_words();
  const auto code = crypto::Code::parse(report.code().words(dutch_words()), lists);
  ASSERT_TRUE(code);
  must(report.send(steward->staff, office_.clock));
  must(office_.seat("deputy")->duty.take_in());
  must(steward->casework->sync());

  const auto thread = crypto::derive_thread(*code, office_.pin.region);
  ASSERT_TRUE(thread);
  bool found = false;
  for (const auto& [id, entry] : steward->casework->index().cases()) {
    const auto story = must(steward->casework->story(id));
    const auto& sent = std::get<StoryReport>(story.front().what).report;
    if (!(sent.thread.id == thread->shared.id)) continue;
    found = true;
    const auto& statement = std::get<crypto::Statement>(sent.body);
    EXPECT_EQ(statement.text, "Zij belt uit een winkel.");
    EXPECT_EQ(statement.language, "vi");
    EXPECT_EQ(statement.answers.back().question, entered_question);
    EXPECT_TRUE(entry.acute);
  }
  EXPECT_TRUE(found);
}

TEST_F(Caller, IsToldWhenItDidNotArriveAndASecondTryIsTheSameReport) {
  const auto steward = must(synced("steward"));
  CallerReport report = told("nog een keer");
  office_.server.kill_at(1, FakeServer::Moment::after);  // the put: its answer is lost
  EXPECT_THROW((void)report.send(steward->staff, office_.clock), Killed);
  office_.server.spare();
  must(report.send(steward->staff, office_.clock));
  must(report.send(steward->staff, office_.clock));
  must(office_.seat("deputy")->duty.take_in());
  must(steward->casework->sync());
  EXPECT_EQ(steward->casework->index().report_count(), 2U);
}

}  // namespace
}  // namespace meldpunt::client::test
