// The console as a page sees it: every path and deed, over a region in memory.
#include <gtest/gtest.h>

#include "client/lib/recording.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using std::chrono::minutes;
using test::AConsole;
using Json = nlohmann::json;

constexpr std::array all_gets{"/api/state",  "/api/changes?after=0", "/api/vocabulary",
                              "/api/cases",  "/api/case?id=00",      "/api/search?q=a",
                              "/api/audit",  "/api/approvals",       "/api/statistics",
                              "/api/nowhere"};
constexpr std::array all_posts{"/api/deed", "/api/lock", "/api/unlock", "/api/nowhere"};

}  // namespace

// ---- the door

TEST_F(AConsole, TellsWhoeverHasNoSessionNothing) {
  start();
  for (const char* session : {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x"}) {
    auto other = stranger();
    other->session = session;
    for (const char* path : all_gets) EXPECT_EQ(other->get(path).status, 401U) << path;
    for (const char* path : all_posts) EXPECT_EQ(other->post(path, Json::object()).status, 401U);
  }
  // A session is taken as it was given, in its own header.
  auto other = stranger();
  EXPECT_EQ(other->get_as("/api/state", {{"Authorization", page_->session}}).status, 401U);
  EXPECT_EQ(other->get_as("/api/state", {{"Cookie", "session=" + page_->session}}).status, 401U);
  EXPECT_EQ(other->get("/api/state?session=" + page_->session).status, 401U);
}

TEST_F(AConsole, OpensWithALinkOnce) {
  start();
  const std::string link = token();
  EXPECT_TRUE(console_->link_waits());
  EXPECT_EQ(stranger()->post("/api/open", {{"token", link.substr(1) + "A"}}).status, 403U);
  EXPECT_EQ(stranger()->post("/api/open", Json::object()).status, 403U);
  EXPECT_EQ(stranger()->post("/api/open", {{"token", 7}}).status, 403U);
  EXPECT_EQ(stranger()->post("/api/open", {{"token", link}}).status, 200U);
  EXPECT_FALSE(console_->link_waits());
  EXPECT_EQ(stranger()->post("/api/open", {{"token", link}}).status, 403U);
}

TEST_F(AConsole, ServesThePageWithItsPolicyAndNothingElseInIt) {
  start();
  const auto got = stranger()->get("/");
  EXPECT_EQ(got.status, 200U);
  EXPECT_EQ(got.body, "<p>the page</p>");
  EXPECT_EQ(got.headers.at("Content-Security-Policy"), "the policy");
  EXPECT_EQ(got.headers.at("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(AConsole, LockedItShowsNothingUntilThePassphraseComes) {
  start();
  auto second = opened();
  EXPECT_EQ(page_->post("/api/lock", Json::object()).status, 200U);
  for (const char* path : all_gets) EXPECT_EQ(page_->get(path).status, 423U) << path;
  EXPECT_EQ(page_->post("/api/deed", {{"deed", "sync"}}).status, 423U);
  // For every tab, and for one that is opened now.
  EXPECT_EQ(second->get("/api/state").status, 423U);
  EXPECT_EQ(opened()->get("/api/state").status, 423U);
  EXPECT_EQ(page_->post("/api/unlock", {{"passphrase", "not it"}}).status, 403U);
  EXPECT_EQ(page_->post("/api/unlock", {{"passphrase", ""}}).status, 403U);
  EXPECT_EQ(page_->post("/api/unlock", Json::object()).status, 400U);
  EXPECT_EQ(page_->get("/api/state").status, 423U);
  EXPECT_EQ(page_->post("/api/unlock", {{"passphrase", client::test::passphrase}}).status, 200U);
  EXPECT_EQ(page_->get("/api/state").status, 200U);
}

TEST_F(AConsole, WrongPassphrasesSlowDown) {
  start();
  page_->post("/api/lock", Json::object());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(page_->post("/api/unlock", {{"passphrase", "not it"}}).status, 403U);
  }
  const Json right{{"passphrase", client::test::passphrase}};
  EXPECT_EQ(page_->post("/api/unlock", right).status, 429U);
  clock_.pass(std::chrono::seconds(2));
  EXPECT_EQ(page_->post("/api/unlock", right).status, 200U);
}

TEST_F(AConsole, LocksWhenOnlyThePageIsBusy) {
  start();
  clock_.pass(minutes(14));
  EXPECT_EQ(state()["locks_in"], 60);
  cases();
  page_->get("/api/approvals");
  EXPECT_EQ(state()["locks_in"], 60);
  EXPECT_EQ(deed({{"deed", "stay"}}).status, 200U);
  EXPECT_EQ(state()["locks_in"], 15 * 60);
  clock_.pass(minutes(15));
  EXPECT_EQ(page_->get("/api/state").status, 423U);
}

TEST_F(AConsole, LockingEndsWhatWaitsForChanges) {
  start();
  auto waiting = opened();
  waiting->write("GET /api/changes?after=" + state()["version"].dump() + " HTTP/1.1\r\nHost: " +
                 waiting->place() + "\r\nAuthorization: Bearer " + waiting->session + "\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  page_->post("/api/lock", Json::object());
  EXPECT_EQ(waiting->read().status, 423U);
}

// ---- lists

TEST_F(AConsole, SaysWhereAndWhoItIs) {
  start();
  const Json now = state();
  EXPECT_EQ(now["region"]["name"], "IJsselland");
  EXPECT_EQ(now["region"]["practice"], true);
  EXPECT_EQ(now["device"]["name"], "steward");
  EXPECT_EQ(now["device"]["role"], "coordinator");
  EXPECT_EQ(now["online"], true);
  EXPECT_EQ(now["counts"]["new"], 1);
  EXPECT_EQ(now["counts"]["mine"], 0);
  EXPECT_EQ(now["idle_minutes"], 15);
  EXPECT_EQ(now["alarms"], Json::array());
}

TEST_F(AConsole, ListsACaseWithoutItsTexts) {
  start();
  const auto got = page_->get("/api/cases?view=new");
  const Json row = got.json()["cases"].at(0);
  EXPECT_EQ(got.json()["total"], 1);
  EXPECT_EQ(row["case"], hex());
  EXPECT_EQ(row["state"], "new");
  EXPECT_EQ(row["unread"], true);
  EXPECT_EQ(row["assigned"], Json());
  EXPECT_EQ(row["reports"], 1);
  EXPECT_EQ(row["members"], Json::array({hex()}));
  EXPECT_EQ(got.body.find("report 1"), std::string::npos);
  EXPECT_TRUE(cases("?view=mine").empty());
  EXPECT_TRUE(cases("?view=no-such-view").empty());
  EXPECT_EQ(cases("?find=" + row["name"].get<std::string>().substr(0, 4)).size(), 1U);
  EXPECT_TRUE(cases("?find=zzzz").empty());
}

TEST_F(AConsole, FindsCasesByTheirTexts) {
  start();
  Json hits;
  for (int i = 0; i < 500 && hits.empty(); ++i) {
    hits = page_->get("/api/search?q=REPORT").json()["hits"];
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0]["case"], hex());
  EXPECT_EQ(hits[0]["where"], "report");
  EXPECT_EQ(hits[0]["excerpt"], "report 1");
  EXPECT_EQ(cases("?view=new&find=report").size(), 1U);
  EXPECT_TRUE(page_->get("/api/search?q=").json()["hits"].empty());
}

TEST_F(AConsole, OffersTheListsOfTheRegion) {
  start();
  const Json lists = page_->get("/api/vocabulary").json();
  EXPECT_TRUE(lists["schemes"].contains("consent_purpose"));
  EXPECT_EQ(lists["partners"].at(0)["organisation"], "KADERA");
  EXPECT_EQ(lists["colleagues"].size(), 2U);
  EXPECT_EQ(lists["modules"].at(0)["id"], "THANKS");
  EXPECT_EQ(lists["modules"].at(0)["texts"].size(), 9U);
  ASSERT_EQ(lists["dimensions"].size(), 8U);
  for (const Json& dimension : lists["dimensions"]) {
    EXPECT_NE(dimension["label"]["nl"], "");
    for (const Json& choice : dimension["choices"]) {
      EXPECT_NE(choice["label"]["nl"], choice["code"]) << choice;
    }
  }
  EXPECT_EQ(lists["fields"].at(0)["name"], "summary");
  EXPECT_GT(lists["kinds"].size(), 10U);
}

// ---- a case

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

// ---- consent, escalation, four eyes

TEST_F(AConsole, AsksForConsentAndRecordsIt) {
  start();
  const Json question{{"purpose", "REFER"},
                      {"recipient", "KADERA"},
                      {"fields", Json::array({"age_class", "need"})}};
  Json ask = question;
  ask["deed"] = "ask_consent";
  ask["text"] = "May we?";
  const auto asked = deed(ask);
  ASSERT_EQ(asked.status, 200U) << asked.body;
  Json record = question;
  record.update({{"deed", "record_consent"}, {"choice", "given"}, {"how", "telephone"}});
  record["question"] = asked.json()["question"];
  EXPECT_EQ(deed(record).status, 200U);
  const Json consents = case_file()["consents"];
  ASSERT_EQ(consents.size(), 1U);
  EXPECT_EQ(consents[0]["stands"], "given");
  EXPECT_EQ(consents[0]["how"], "telephone");
  record["how"] = "whispered";
  EXPECT_EQ(deed(record).status, 400U);
}

TEST_F(AConsole, SendsWhatWasShownAndOnce) {
  office_.consented();
  start();
  const auto prepared = deed({{"deed", "prepare_escalation"},
                              {"recipient", "KADERA"},
                              {"purpose", "REFER"},
                              {"fields", {{"age_class", ""}, {"need", "P1.SHELTER"}}}});
  ASSERT_EQ(prepared.status, 200U) << prepared.body;
  const Json shown = prepared.json();
  EXPECT_EQ(shown["preview"]["fields"]["age_class"], "ADULT");
  EXPECT_EQ(shown["preview"]["needs_second"], false);
  EXPECT_TRUE(case_file()["escalations"].empty());
  const auto sent = deed({{"deed", "send_escalation"}, {"ticket", shown["ticket"]}});
  ASSERT_EQ(sent.status, 200U) << sent.body;
  EXPECT_EQ(sent.json()["state"], "sent");
  EXPECT_EQ(deed({{"deed", "send_escalation"}, {"ticket", shown["ticket"]}}).status, 404U);
  EXPECT_EQ(cases("?view=waiting_partner").size(), 1U);
  EXPECT_EQ(must(office_.desk()->inbox->collect()).fresh, 1U);
  const auto back = deed({{"deed", "withdraw_escalation"},
                          {"escalation", shown["preview"]["escalation"]},
                          {"text", "She no longer wants it."}});
  EXPECT_EQ(back.json()["state"], "withdrawn");
}

TEST_F(AConsole, RefusesAnEscalationThatNothingAllows) {
  start();
  Json wish{{"deed", "prepare_escalation"},
            {"recipient", "KADERA"},
            {"purpose", "REFER"},
            {"fields", {{"age_class", "ADULT"}}}};
  EXPECT_EQ(deed(wish).status, 409U);
  wish["fields"] = Json::object();
  EXPECT_EQ(deed(wish).status, 400U);
  wish["fields"] = {{"phone", ""}};
  EXPECT_EQ(deed(wish).status, 404U);
  wish["purpose"] = "NO SUCH";
  EXPECT_EQ(deed(wish).status, 400U);
}

TEST_F(AConsole, ItsOwnProposalWaitsForSomebodyElse) {
  start();
  const auto prepared = deed({{"deed", "prepare_escalation"},
                              {"recipient", "KADERA"},
                              {"purpose", "REFER"},
                              {"fields", {{"age_class", "ADULT"}}},
                              {"without_consent", {{"reason", "in danger"}, {"ground", "VITAL"}}}});
  ASSERT_EQ(prepared.status, 200U) << prepared.body;
  EXPECT_EQ(prepared.json()["preview"]["needs_second"], true);
  const auto sent = deed({{"deed", "send_escalation"}, {"ticket", prepared.json()["ticket"]}});
  EXPECT_EQ(sent.json()["state"], "proposed");
  const Json waiting = page_->get("/api/approvals").json()["waiting"];
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0]["own"], true);
  EXPECT_EQ(waiting[0]["kind"], "escalation");
  EXPECT_EQ(waiting[0]["detail"]["fields"]["age_class"], "ADULT");
  EXPECT_EQ(state()["counts"]["approvals"], 0);
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", waiting[0]["id"]}}).status, 409U);
}

TEST_F(AConsole, SignsAsTheSecondPerson) {
  start();
  const auto deputy = colleague();
  const auto made = must(client::prepare_escalation(*deputy->casework, office_.subject,
                                                    office_.override_draft(), office_.now()));
  must(client::commit_escalation(*deputy->casework, office_.subject, made));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_EQ(state()["counts"]["approvals"], 1);
  const Json waiting = page_->get("/api/approvals").json()["waiting"];
  EXPECT_EQ(waiting.at(0)["own"], false);
  EXPECT_EQ(waiting.at(0)["proposer"], "deputy");
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", waiting[0]["id"]}}).status, 200U);
  EXPECT_TRUE(page_->get("/api/approvals").json()["waiting"].empty());
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", waiting[0]["id"]}}).status, 404U);
  EXPECT_EQ(must(office_.desk()->inbox->collect()).fresh, 1U);
}

TEST_F(AConsole, ErasesACaseWithTwoPeople) {
  start();
  EXPECT_EQ(deed({{"deed", "propose_erasure"}}).status, 400U);
  const auto deputy = colleague();
  must(client::propose_erasure(*deputy->casework, deputy->staff, office_.subject, "asked for"));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  const Json waiting = page_->get("/api/approvals").json()["waiting"];
  EXPECT_EQ(waiting.at(0)["kind"], "erasure");
  EXPECT_EQ(waiting.at(0)["detail"]["reason"], "asked for");
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", waiting[0]["id"]}}).status, 200U);
  EXPECT_EQ(cases("?view=closed").at(0)["state"], "erased");
  EXPECT_EQ(page_->get("/api/case?id=" + hex()).status, 410U);
  EXPECT_TRUE(page_->get("/api/search?q=report").json()["hits"].empty());
}

TEST_F(AConsole, ProposesToErase) {
  start();
  const auto done = deed({{"deed", "propose_erasure"}, {"reason", "asked for"}});
  EXPECT_EQ(done.json()["approvers_asked"], 1);
  EXPECT_EQ(page_->get("/api/approvals").json()["waiting"].at(0)["own"], true);
}

// ---- the journal

TEST_F(AConsole, TellsWhoDidWhat) {
  start();
  deed({{"deed", "note"}, {"text", "secret words"}});
  const auto got = page_->get("/api/audit?case=" + hex());
  const Json events = got.json()["events"];
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0]["kind"], "taken_in");
  EXPECT_EQ(events[1]["kind"], "note");
  EXPECT_EQ(events[1]["device"], "steward");
  EXPECT_EQ(got.body.find("secret words"), std::string::npos);
  const Json all = page_->get("/api/audit").json();
  EXPECT_GT(all["events"].size(), 2U);
  EXPECT_EQ(all["total"], all["events"].size());
  EXPECT_EQ(all["head"], state()["head"]);
  EXPECT_EQ(page_->get("/api/audit?case=zz").status, 404U);
}

TEST_F(AConsole, CountsAndMeasures) {
  start();
  clock_.pass(std::chrono::hours(5));
  EXPECT_EQ(unlock().status, 200U);
  deed({{"deed", "reply"}, {"status", "closed"}, {"text", "Goodbye."}});
  const Json month = page_->get("/api/statistics").json()["months"].at(0);
  EXPECT_EQ(month["reports"], 1);
  EXPECT_EQ(month["answered"], 1);
  EXPECT_EQ(month["closed"], 1);
  EXPECT_EQ(month["hours_to_answer"], 5);
  EXPECT_EQ(month["hours_to_referral"], Json());
  EXPECT_EQ(cases("?view=closed").size(), 1U);
}

TEST_F(AConsole, SeesWhatAColleagueDid) {
  start();
  const auto version = state()["version"];
  must(colleague()->casework->next());
  auto waiting = opened();
  waiting->write("GET /api/changes?after=" + version.dump() + " HTTP/1.1\r\nHost: " +
                 waiting->place() + "\r\nAuthorization: Bearer " + waiting->session + "\r\n\r\n");
  deed({{"deed", "sync"}});
  EXPECT_GT(waiting->read().json()["version"], version);
  EXPECT_EQ(cases().at(0)["assigned"]["name"], "deputy");
  // One that is behind is answered at once.
  EXPECT_GT(page_->get("/api/changes?after=" + version.dump()).json()["version"], version);
}

TEST_F(AConsole, ReadsOnWhileNobodyAnswers) {
  start();
  cut_ = true;
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 503U);
  EXPECT_EQ(state()["online"], false);
  EXPECT_EQ(cases().size(), 1U);
  EXPECT_EQ(case_file()["story"].size(), 1U);
  const auto failed = deed({{"deed", "note"}, {"text", "later"}});
  EXPECT_EQ(failed.status, 503U);
  EXPECT_FALSE(failed.json()["problem"].get<std::string>().empty());
  cut_ = false;
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_EQ(state()["online"], true);
  EXPECT_EQ(deed({{"deed", "note"}, {"text", "now"}}).status, 200U);
}

TEST_F(AConsole, StartsWithoutTheServer) {
  (void)colleague("steward");  // it has been in step once
  cut_ = true;
  start();
  EXPECT_EQ(state()["online"], false);
  EXPECT_EQ(cases().size(), 1U);
  EXPECT_EQ(case_file()["story"].at(0)["text"], "report 1");
}

TEST_F(AConsole, AnotherHistoryStopsDeedsAndIsExplained) {
  start();
  auto& journal = office_.server.journal();
  ASSERT_GT(journal.size(), 1U);
  journal.pop_back();
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 502U);
  console_->desk().hurry();
  while (state()["alarms"].empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(state()["alarms"].at(0)["kind"], "journal");
  EXPECT_EQ(deed({{"deed", "note"}, {"text", "x"}}).status, 502U);
  EXPECT_EQ(case_file()["story"].size(), 1U);
}

TEST_F(AConsole, IsOnDutyWhenItWasToldTo) {
  start(true);
  office_.send(office_.report(0x20, 9));
  console_->desk().hurry();
  for (int i = 0; i < 500 && cases().size() < 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(cases("?view=new").size(), 2U);
}

}  // namespace meldpunt::console
