// Papers that leave a case, as a page asks for them; and the journal as an access log.
#include <gtest/gtest.h>

#include <algorithm>

#include "client/lib/audit_file.h"
#include "client/lib/recording.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using test::AConsole;
using Json = nlohmann::json;

const Json own_file{{"deed", "prepare_paper"}, {"paper", "client-file"}, {"language", "en"}};

// The events of one case, or of all.
Json events_of(test::ABrowser& page, const std::string& query = "") {
  return page.get("/api/audit" + query).json().at("events");
}

}  // namespace

TEST_F(AConsole, ShowsAPaperFirstAndHandsItOverWhenItIsJournaled) {
  start();
  deed({{"deed", "record"}, {"kind", "shared_note"}, {"fields", {{"text", "For <you>."}}}});
  const auto prepared = deed(own_file);
  ASSERT_EQ(prepared.status, 200U) << prepared.body;
  EXPECT_NE(prepared.json()["preview"].dump().find("For <you>."), std::string::npos);
  EXPECT_EQ(prepared.json()["recipients"], Json::array({"CLIENT", "BEHALF"}));
  EXPECT_EQ(prepared.json()["reporter_is_client"], false);
  EXPECT_EQ(prepared.body.find("<html"), std::string::npos) << "nothing to keep yet";
  EXPECT_FALSE(case_file()["record"].contains("paper_taken"));

  Json take{{"deed", "take_paper"}, {"ticket", prepared.json()["ticket"]}};
  EXPECT_EQ(deed(take).status, 400U) << "no reason";
  take["reason"] = "she asked for it";
  const auto taken = deed(take);
  ASSERT_EQ(taken.status, 200U) << taken.body;
  const Json files = taken.json()["files"];
  ASSERT_EQ(files.size(), 2U);
  EXPECT_NE(files[0]["content"].get<std::string>().find("For &lt;you&gt;."), std::string::npos);
  EXPECT_EQ(deed(take).status, 404U) << "once";

  const Json last = events_of(*page_, "?case=" + hex()).back();
  EXPECT_EQ(last["object"], "paper_taken");
  EXPECT_EQ(last["detail"], "CLIENT_FILE CLIENT");
  EXPECT_EQ(last["action"], "R");
  EXPECT_EQ(last["reason"], "she asked for it");
  EXPECT_EQ(last["user"], "steward");
  EXPECT_EQ(last["role"], "coordinator");
}

TEST_F(AConsole, LeavesOutWhatACoordinatorSays) {
  start();
  const auto done =
      deed({{"deed", "record"}, {"kind", "shared_note"}, {"fields", {{"text", "About him."}}}});
  Json wish = own_file;
  wish["leave_out"] = Json::array({std::to_string(done.json()["position"].get<int>())});
  EXPECT_EQ(deed(wish).body.find("About him."), std::string::npos);
  wish["leave_out"] = Json::array({"x"});
  EXPECT_EQ(deed(wish).status, 400U);
}

TEST_F(AConsole, OpensWhoSheIsOnceForOneLookAtAPaper) {
  start();
  deed({{"deed", "record"}, {"kind", "identity"}, {"fields", {{"name", "N.N."}}}});
  const auto note =
      deed({{"deed", "record"}, {"kind", "shared_note"}, {"fields", {{"text", "About him."}}}});
  const auto openings = [&] {
    const Json events = events_of(*page_, "?case=" + hex());
    return std::ranges::count_if(
        events, [](const Json& event) { return event["object"] == "identity_opened"; });
  };
  const auto without = deed(own_file);
  Json wish = own_file;
  wish["with_identity"] = true;
  const auto shown = deed(wish);
  EXPECT_NE(shown.body.find("N.N."), std::string::npos) << shown.body;
  EXPECT_EQ(openings(), 1);

  wish["ticket"] = shown.json()["ticket"];
  wish["leave_out"] = Json::array({std::to_string(note.json()["position"].get<int>())});
  const auto again = deed(wish);
  EXPECT_NE(again.body.find("N.N."), std::string::npos) << again.body;
  EXPECT_EQ(again.body.find("About him."), std::string::npos);
  EXPECT_EQ(openings(), 1);

  wish["ticket"] = without.json()["ticket"];
  EXPECT_NE(deed(wish).body.find("N.N."), std::string::npos);
  EXPECT_EQ(openings(), 2) << "it was not open there";
  wish.erase("ticket");
  deed(wish);
  EXPECT_EQ(openings(), 3) << "another look";
}

TEST_F(AConsole, SaysWhyAPaperCannotBeMade) {
  start();
  const auto zaak = deed({{"deed", "prepare_paper"}, {"paper", "zaak"}});
  EXPECT_EQ(zaak.status, 400U);
  EXPECT_NE(zaak.body.find("--zgw-source"), std::string::npos) << zaak.body;
  const auto form = deed({{"deed", "prepare_paper"}, {"paper", "registration"}});
  EXPECT_EQ(form.status, 409U);
  EXPECT_NE(form.body.find("identified"), std::string::npos) << form.body;
  EXPECT_EQ(deed({{"deed", "prepare_paper"}, {"paper", "no such"}}).status, 400U);
  EXPECT_EQ(deed({{"deed", "take_paper"}, {"ticket", "x"}, {"reason", "y"}}).status, 404U);
}

TEST_F(AConsole, WithoutTheServerNoPaperLeaves) {
  start();
  const auto prepared = deed(own_file);
  cut_ = true;
  const auto taken =
      deed({{"deed", "take_paper"}, {"ticket", prepared.json()["ticket"]}, {"reason", "asked"}});
  EXPECT_EQ(taken.status, 503U);
  EXPECT_EQ(taken.body.find("<html"), std::string::npos);
}

TEST_F(AConsole, IsAnAccessLogOfOneCaseOrOfAll) {
  start();
  deed({{"deed", "open_identity"}, {"reason", "call her back"}});
  const Json all = events_of(*page_);
  const Json of_case = events_of(*page_, "?case=" + hex());
  EXPECT_LT(of_case.size(), all.size());
  for (const char* field : {"position", "time", "action", "user", "role", "device", "case", "name",
                            "event", "object", "detail", "ground", "reason", "source", "outcome"}) {
    EXPECT_TRUE(of_case.at(0).contains(field)) << field;
  }
  for (const Json& event : of_case) EXPECT_EQ(event["case"], hex());
  EXPECT_EQ(of_case.back()["object"], "identity_opened");
}

TEST_F(AConsole, TheAuditThatIsTakenAlongCanBeChecked) {
  start();
  EXPECT_EQ(deed({{"deed", "take_audit"}, {"case", ""}}).status, 400U) << "no reason";
  for (const std::string& subject : {std::string(), hex()}) {
    const auto taken = deed({{"deed", "take_audit"}, {"case", subject}, {"reason", "control"}});
    ASSERT_EQ(taken.status, 200U) << taken.body;
    const Json file = taken.json()["files"].at(0);
    const auto checked = client::verify_audit_file(file["content"].get<std::string>());
    ASSERT_TRUE(checked) << checked.error().sentence;
    EXPECT_GT(checked->events, 0U);
  }
  EXPECT_EQ(deed({{"deed", "take_audit"}, {"case", "zz"}, {"reason", "x"}}).status, 400U);
}

}  // namespace meldpunt::console
