// The console as a page sees it: who may come in, the lists, the journal. Over a region in memory.
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

// ---- the journal

TEST_F(AConsole, TellsWhoDidWhat) {
  start();
  deed({{"deed", "note"}, {"text", "secret words"}});
  const auto got = page_->get("/api/audit?case=" + hex());
  const Json events = got.json()["events"];
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0]["event"], "taken_in");
  EXPECT_EQ(events[1]["event"], "note");
  EXPECT_EQ(events[1]["user"], "steward");
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
  const auto waits = deed({{"deed", "note"}, {"text", "later"}});
  EXPECT_EQ(waits.status, 200U);
  EXPECT_EQ(waits.json()["waits"], true);
  const auto failed = deed({{"deed", "next"}});
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
