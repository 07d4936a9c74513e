// A case as a page reads it, answers it and writes in its file.
#include <gtest/gtest.h>

#include "client/console/iso_time.h"
#include "client/lib/recording.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using test::AConsole;
using Json = nlohmann::json;

}  // namespace

TEST_F(AConsole, ShowsACaseAndTellsTheReporterThatItWasRead) {
  start();
  const Json file = case_file();
  EXPECT_EQ(file["row"]["case"], hex());
  ASSERT_EQ(file["story"].size(), 1U);
  EXPECT_EQ(file["story"][0]["what"], "report");
  EXPECT_EQ(file["story"][0]["text"], "report 1");
  EXPECT_EQ(file["story"][0]["answers"]["age_class"], Json::array({"ADULT"}));
  EXPECT_TRUE(file["consents"].empty());
  // After the answer, on the same desk.
  const Json after = case_file();
  ASSERT_EQ(after["story"].size(), 2U);
  EXPECT_EQ(after["story"][1]["status"], "read");
  EXPECT_EQ(page_->get("/api/case?id=" + std::string(32, '0')).status, 404U);
  EXPECT_EQ(page_->get("/api/case?id=zz").status, 404U);
}

TEST_F(AConsole, AnswersAReporter) {
  start();
  const auto version = state()["version"].get<std::uint64_t>();
  const auto done = deed({{"deed", "reply"}, {"status", "question"}, {"text", "Are you safe?"}});
  EXPECT_EQ(done.status, 200U);
  EXPECT_EQ(done.json()["done"], true);
  EXPECT_EQ(done.json()["index"], 0);
  EXPECT_GT(state()["version"], version);
  const Json row = cases("?view=waiting_reporter").at(0);
  EXPECT_EQ(row["state"], "waiting_reporter");
  EXPECT_EQ(row["unread"], false);
  EXPECT_EQ(colleague()->casework->index().cases().begin()->second.replies.size(), 1U);
}

TEST_F(AConsole, SaysWhenEachReplyGoesOut) {
  start();
  for (const char* text : {"one", "two"}) {
    EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"text", text}}).status, 200U);
  }
  const auto urgent =
      deed({{"deed", "reply"}, {"status", "answer"}, {"text", "x"}, {"urgent", true}});
  EXPECT_EQ(urgent.status, 200U);
  const Json story = case_file()["story"];
  ASSERT_EQ(story.size(), 4U);
  const auto at = [&](std::size_t i) { return story[i]["goes_out"].get<std::string>(); };
  EXPECT_GT(at(1), iso_time(office_.clock.now()));
  EXPECT_LT(at(1), at(2));
  EXPECT_LT(at(3), at(1));
}

TEST_F(AConsole, RefusesARepliesThatSayNothingOrAreUnheardOf) {
  start();
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}}).status, 400U);
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "read"}, {"text", "x"}}).status, 400U);
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"module", "NONE"}}).status, 400U);
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"text", "a\u0001b"}}).status, 422U);
  EXPECT_EQ(deed({{"deed", "reply"}, {"case", "xyz"}, {"status", "answer"}, {"text", "x"}}).status,
            400U);
  EXPECT_EQ(deed({{"deed", "no such deed"}}).status, 400U);
  EXPECT_EQ(deed({{"deed", 7}}).status, 400U);
  EXPECT_EQ(page_->post("/api/deed", Json::array()).status, 400U);
  EXPECT_EQ(page_->post_as("/api/deed", "{", {}).status, 400U);
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"module", "THANKS"}}).status, 200U);
}

TEST_F(AConsole, TakesTheNextCaseAndGivesItAway) {
  start();
  EXPECT_EQ(deed({{"deed", "next"}}).json()["case"], hex());
  EXPECT_EQ(state()["counts"]["mine"], 1);
  EXPECT_EQ(deed({{"deed", "next"}}).json()["case"], Json());
  const Json colleagues = page_->get("/api/vocabulary").json()["colleagues"];
  for (const Json& each : colleagues) {
    if (each["name"] != "deputy") continue;
    EXPECT_EQ(deed({{"deed", "assign"}, {"device", each["device"]}}).status, 200U);
  }
  EXPECT_EQ(cases().at(0)["assigned"]["name"], "deputy");
  EXPECT_EQ(deed({{"deed", "assign"}, {"device", ""}}).status, 200U);
  EXPECT_EQ(cases("?view=new").at(0)["assigned"], Json());
  EXPECT_EQ(deed({{"deed", "assign"}, {"device", std::string(32, '1')}}).status, 404U);
}

TEST_F(AConsole, KeepsNotesAndCodes) {
  start();
  EXPECT_EQ(deed({{"deed", "note"}, {"text", "Call back on Monday."}}).status, 200U);
  EXPECT_EQ(deed({{"deed", "note"}, {"text", ""}}).status, 422U);
  EXPECT_EQ(
      deed({{"deed", "code"}, {"codes", {{"form", "LAB"}}}, {"statistics_refused", true}}).status,
      200U);
  EXPECT_EQ(deed({{"deed", "code"}, {"codes", {{"form", "NO SUCH"}}}}).status, 422U);
  const Json file = case_file();
  EXPECT_EQ(file["story"][1]["text"], "Call back on Monday.");
  EXPECT_EQ(file["codes"]["form"], "LAB");
  EXPECT_EQ(file["statistics_refused"], true);
  EXPECT_EQ(cases().at(0)["form"], "LAB");
}

// ---- the case file

TEST_F(AConsole, WritesInACaseFile) {
  start();
  const Json wish{{"deed", "record"},
                  {"kind", "need"},
                  {"fields", {{"need", "P1.SHELTER"}, {"state", "ASKED"}}},
                  {"seen", 0}};
  const auto done = deed(wish);
  ASSERT_EQ(done.status, 200U) << done.body;
  Json item = case_file()["record"]["need"].at(0);
  EXPECT_EQ(item["item"], done.json()["item"]);
  EXPECT_EQ(item["fields"]["need"], "P1.SHELTER");
  EXPECT_EQ(item["by"], "steward");
  const auto removed = deed({{"deed", "record"},
                             {"kind", "need"},
                             {"item", item["item"]},
                             {"fields", {{"removed", true}}},
                             {"seen", item["position"]}});
  EXPECT_EQ(removed.status, 200U) << removed.body;
  EXPECT_FALSE(case_file()["record"].contains("need"));
  EXPECT_EQ(deed({{"deed", "record"}, {"kind", "nothing"}, {"fields", Json::object()}}).status,
            400U);
  Json wrong = wish;
  wrong["fields"]["need"] = "NO SUCH";
  EXPECT_EQ(deed(wrong).status, 422U);
  wrong["fields"] = {{"need", 7}};
  EXPECT_EQ(deed(wrong).status, 400U);
}

TEST_F(AConsole, ShowsWhatTwoWroteWithoutHavingSeenEachOther) {
  start();
  const Json wish{
      {"deed", "record"}, {"kind", "phase"}, {"fields", {{"open", {"F1"}}}}, {"seen", 0}};
  const auto deputy = colleague();
  auto theirs = client::instead_of(deputy->casework->files().of(office_.subject), "phase",
                                   {{"open", std::vector<std::string>{"F2"}}});
  const auto ours = deed(wish);
  ASSERT_EQ(ours.status, 200U) << ours.body;
  must(client::write_record(*deputy->casework, office_.subject, theirs));
  deed({{"deed", "sync"}});
  EXPECT_EQ(cases().at(0)["conflicts"], 1);
  const Json item = case_file()["record"]["phase"].at(0);
  EXPECT_EQ(item["conflict"].size(), 1U);
  EXPECT_EQ(item["history"].size(), 2U);
}

TEST_F(AConsole, WhatIsWrittenWithoutTheServerIsSentLater) {
  start();
  cut_ = true;
  const auto done = deed({{"deed", "record"},
                          {"kind", "need"},
                          {"fields", {{"need", "P1.SHELTER"}, {"state", "ASKED"}}}});
  EXPECT_EQ(done.json()["waits"], true) << done.body;
  EXPECT_EQ(state()["unsent"], 1);
  cut_ = false;
  console_->desk().hurry();
  for (int i = 0; i < 500 && state()["unsent"] != 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(state()["unsent"], 0);
  EXPECT_EQ(case_file()["record"]["need"].size(), 1U);
}

TEST_F(AConsole, ShowsMergedThreadsAsOneCase) {
  office_.send(office_.report(0x20, 9));
  office_.round("steward");
  start();
  ASSERT_EQ(cases().size(), 2U);
  std::string other;
  for (const Json& row : cases()) {
    if (row["case"] != hex()) other = row["case"];
  }
  EXPECT_EQ(deed({{"deed", "merge"}, {"case", other}, {"into", hex()}}).status, 200U);
  const Json rows = cases();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["case"], hex());
  EXPECT_EQ(rows[0]["reports"], 2);
  EXPECT_EQ(rows[0]["members"], Json::array({hex(), other}));
  const Json file = page_->get("/api/case?id=" + other).json();
  EXPECT_EQ(file["row"]["case"], hex());
  ASSERT_EQ(file["story"].size(), 2U);
  EXPECT_EQ(file["story"][1]["case"], other);
  EXPECT_EQ(page_->get("/api/search?q=9").json()["hits"].at(0)["case"], hex());
  EXPECT_EQ(deed({{"deed", "split"}, {"case", other}}).status, 200U);
  EXPECT_EQ(cases().size(), 2U);
}

TEST_F(AConsole, OpensAnIdentityAndJournalsIt) {
  start();
  const Json written{
      {"deed", "record"}, {"kind", "identity"}, {"fields", {{"name", "Somebody"}}}, {"seen", 0}};
  const auto done = deed(written);
  ASSERT_EQ(done.status, 200U) << done.body;
  EXPECT_EQ(case_file().dump().find("Somebody"), std::string::npos);
  EXPECT_TRUE(page_->get("/api/search?q=somebody").json()["hits"].empty());
  const auto opened = deed({{"deed", "open_identity"}, {"reason", "call her back"}});
  EXPECT_EQ(opened.json()["fields"]["name"], "Somebody") << opened.body;
  EXPECT_EQ(case_file()["record"]["identity_opened"].at(0)["fields"]["reason"], "call her back");
}

}  // namespace meldpunt::console
