// What is to be erased, which terms apply, and checklists, as a page sees them.
#include "client/lib/retention.h"

#include <gtest/gtest.h>

#include "client/lib/recording.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console::test {
namespace {

using client::test::must;

class ToErase : public AConsole {
 protected:
  ToErase() {
    must(client::write_durably(office_.path_of("steward") / "terms.json",
                               crypto::as_bytes(R"({"retention.LEFT":
                                 {"months": 1, "source": "besluit van het college"}})")));
  }
  void answer_and_close() {
    EXPECT_EQ(deed({{"deed", "reply"}, {"status", "closed"}, {"text", "Goodbye."}}).status, 200U);
    EXPECT_EQ(
        deed({{"deed", "record"}, {"kind", "closing"}, {"fields", {{"reason", "LEFT"}}}}).status,
        200U);
  }
  void months_pass() {
    clock_.pass(std::chrono::hours(24 * 32));
    office_.clock.pass(std::chrono::hours(24 * 32));
    EXPECT_EQ(unlock().status, 200U);  // nobody was there
  }
  Json due() { return page_->get("/api/to_erase").json().at("due"); }
};

TEST_F(ToErase, SaysWhichTermsApplyAndWhereTheyComeFrom) {
  start();
  const Json terms = page_->get("/api/vocabulary").json().at("terms");
  std::map<std::string, Json> by_code;
  for (const Json& term : terms) by_code[term["code"]] = term;
  EXPECT_EQ(by_code["request"]["term"], (Json{{"count", 1}, {"unit", "months"}}));
  EXPECT_EQ(by_code["request"]["own"], false);
  EXPECT_EQ(by_code["retention.DONE"]["term"], nullptr);
  EXPECT_EQ(by_code["retention.LEFT"]["own"], true);
  EXPECT_EQ(by_code["retention.LEFT"]["source"]["nl"], "besluit van het college");
}

TEST_F(ToErase, ListsAndProposesWhatIsDueAndNothingElse) {
  start();
  EXPECT_EQ(deed({{"deed", "propose_due"}, {"reason", "now"}}).status, 404U) << "it is not due";
  answer_and_close();
  EXPECT_TRUE(due().empty());
  months_pass();

  ASSERT_EQ(due().size(), 1U);
  EXPECT_EQ(due()[0]["term"], "retention.LEFT");
  EXPECT_EQ(due()[0]["case"], hex());
  EXPECT_EQ(due()[0]["proposed"], false);
  EXPECT_EQ(deed({{"deed", "propose_due"}}).status, 400U) << "without a reason";
  EXPECT_EQ(deed({{"deed", "propose_due"}, {"reason", "over"}}).status, 200U);
  EXPECT_EQ(due()[0]["proposed"], true);
  const Json waiting = page_->get("/api/approvals").json().at("waiting");
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0]["kind"], "erasure");
  EXPECT_EQ(waiting[0]["detail"]["reason"], "over");
}

TEST_F(ToErase, NeverWhileTheNewestMessageIsUnread) {
  start();
  EXPECT_EQ(
      deed({{"deed", "record"}, {"kind", "closing"}, {"fields", {{"reason", "LEFT"}}}}).status,
      200U);
  months_pass();

  EXPECT_EQ(due().at(0)["hindrances"], Json::array({"unread"}));
  const auto refused = deed({{"deed", "propose_due"}, {"reason", "over"}});
  EXPECT_EQ(refused.status, 409U);
  EXPECT_EQ(refused.json()["said"]["code"], "erase_unread");
}

TEST_F(ToErase, ARequestIsDueInTheListOfAClosedCaseToo) {
  start();
  answer_and_close();
  EXPECT_EQ(deed({{"deed", "record"},
                  {"kind", "request"},
                  {"fields", {{"what", "ACCESS"}, {"by", "CLIENT"}, {"on", "2024-08-05"}}}})
                .status,
            200U);
  const Json rows = cases("?view=overdue");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["due"], "2024-09-06T00:00Z");
  EXPECT_EQ(rows[0]["state"], "closed");
  EXPECT_EQ(case_file()["tasks"].at(0)["kind"], "request_open");
}

TEST_F(ToErase, AChecklistIsAddedOnceAndTicked) {
  start();
  const Json lists = page_->get("/api/vocabulary").json().at("checklists");
  ASSERT_GE(lists.size(), 4U);
  const auto add = [&] {
    return deed({{"deed", "add_checklist"}, {"list", "intake"}, {"language", "nl"}});
  };
  EXPECT_EQ(add().json()["added"], lists[0]["points"].size());
  EXPECT_EQ(add().json()["added"], 0);
  EXPECT_EQ(deed({{"deed", "add_checklist"}, {"list", "none"}}).status, 400U);
  const Json point = case_file()["record"]["check"].at(0);
  Json fields = point["fields"];
  EXPECT_EQ(fields["text"], lists[0]["points"][0]["label"]["nl"]);
  fields["done"] = true;
  EXPECT_EQ(deed({{"deed", "record"},
                  {"kind", "check"},
                  {"item", point["item"]},
                  {"fields", fields},
                  {"seen", point["position"]}})
                .status,
            200U);
  EXPECT_EQ(case_file()["record"]["check"].at(0)["fields"]["done"], true);
}

TEST_F(ToErase, WrongTermsStopTheStartWithWhatToDo) {
  must(client::write_durably(office_.path_of("deputy") / "terms.json",
                             crypto::as_bytes(R"({"retention.left": {}})")));
  Console other(device("deputy"), clock_, Document{"<p>the page</p>", "the policy"}, {});
  const auto started = other.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().exit_code, EX_CONFIG);
  EXPECT_NE(started.error().sentence.find("retention.left"), std::string::npos);
}

}  // namespace
}  // namespace meldpunt::console::test
