// Threads as a page deals with them: many at once, what waits for the server, notes of three kinds,
// a caller's report, a fresh code, photos.
#include <gtest/gtest.h>

#include "client/lib/reporter_outgoing.h"
#include "tests/support/photos.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using test::AConsole;
using Json = nlohmann::json;

class AThread : public AConsole {
 protected:
  void send_more(std::uint8_t reports) {
    for (std::uint8_t i = 0; i < reports; ++i) {
      const auto number = static_cast<std::uint8_t>(20 + i);
      office_.send(office_.report(number, number));
    }
    office_.round("steward");
  }
  Json many(const std::string& what, const std::string& to, const std::vector<std::string>& ids) {
    Json items = Json::array();
    for (const auto& id : ids) items.push_back({{"case", id}, {"to", to}});
    return many(what, items);
  }
  Json many(const std::string& what, const Json& items) {
    const auto done = deed({{"deed", "many"}, {"do", what}, {"items", items}});
    EXPECT_EQ(done.status, 200U) << done.body;
    return done.json();
  }
  std::vector<std::string> all_ids() {
    std::vector<std::string> ids;
    for (const Json& row : cases("?view=open")) ids.push_back(row["case"]);
    return ids;
  }
  // Until the turn is over in which something came into the journal.
  void come_back() {
    const Json before = state()["events"];
    cut_ = false;
    console_->desk().hurry();
    for (int i = 0; i < 2000 && state()["events"] == before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
};

}  // namespace

TEST_F(AThread, ManyAreCalledJunkAndTakenBack) {
  send_more(30);
  start();
  const auto ids = all_ids();
  ASSERT_EQ(ids.size(), 31U);
  const Json done = many("triage", "JUNK", ids);
  ASSERT_EQ(done["results"].size(), 31U);
  EXPECT_TRUE(cases("?view=open").empty());
  EXPECT_EQ(state()["counts"]["new"], 0);
  // One event for each, as everybody sees.
  const auto deputy = colleague();
  for (const auto& [id, entry] : deputy->casework->index().cases()) {
    EXPECT_NE(deputy->casework->files().of(id).one("triage"), nullptr);
  }
  Json back = Json::array();
  for (const Json& one : done["results"]) {
    back.push_back({{"case", one["case"]}, {"to", one["before"]}});
  }
  many("triage", back);
  EXPECT_EQ(cases("?view=open").size(), 31U);
}

TEST_F(AThread, ManyAreClosedButNoneWithAnUnreadMessage) {
  send_more(2);
  start();
  const auto ids = all_ids();
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"text", "Thank you."}}).status, 200U);
  const Json done = many("close", "NOTHT", ids);
  std::size_t left = 0;
  for (const Json& one : done["results"]) left += one.contains("problem") ? 1U : 0U;
  EXPECT_EQ(left, 2U);
  EXPECT_EQ(cases("?view=open").size(), 2U);
  EXPECT_EQ(case_file()["state"]["closed"], true);
  EXPECT_EQ(deed({{"deed", "reopen"}}).status, 200U);
  EXPECT_EQ(cases("?view=open").size(), 3U);
  EXPECT_EQ(deed({{"deed", "reopen"}}).status, 422U);
}

TEST_F(AThread, ManyAreGivenToAColleague) {
  send_more(1);
  start();
  std::string deputy;
  const Json vocabulary = page_->get("/api/vocabulary").json();
  for (const Json& each : vocabulary["colleagues"]) {
    if (each["name"] == "deputy") deputy = each["device"];
  }
  many("assign", deputy, all_ids());
  for (const Json& row : cases()) EXPECT_EQ(row["assigned"]["name"], "deputy");
  many("assign", "", all_ids());
  EXPECT_EQ(cases("?view=new").size(), 2U);
}

TEST_F(AThread, RefusesManyOfNothingOrTooMany) {
  start();
  const Json wish{{"deed", "many"}, {"do", "triage"}};
  EXPECT_EQ(deed(wish).status, 400U);
  Json items = Json::array();
  for (int i = 0; i < 51; ++i) items.push_back({{"case", hex()}, {"to", "JUNK"}});
  Json more = wish;
  more["items"] = items;
  EXPECT_EQ(deed(more).status, 400U);
  more["items"] = {{{"case", hex()}, {"to", "JUNK"}}};
  more["do"] = "erase";
  EXPECT_EQ(deed(more).status, 400U);
}

TEST_F(AThread, WordsWaitForTheServerAndGoOnce) {
  start();
  cut_ = true;
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "answer"}, {"text", "We call."}}).json()["waits"],
            true);
  EXPECT_EQ(deed({{"deed", "note"}, {"text", "Called."}}).json()["waits"], true);
  EXPECT_EQ(state()["unsent"], 2);
  const Json waiting = case_file()["unsent"];
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0]["what"], "reply");
  EXPECT_EQ(waiting[0]["text"], "We call.");
  EXPECT_EQ(waiting[0]["held"], false);
  come_back();
  // Something else may have come into the journal before them.
  for (int i = 0; i < 2000 && state()["unsent"] != 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(state()["unsent"], 0);
  const Json story = case_file()["story"];
  std::size_t replies = 0;
  std::size_t notes = 0;
  for (const Json& entry : story) {
    replies += entry["what"] == "reply" && entry["text"] == "We call." ? 1U : 0U;
    notes += entry["what"] == "note" ? 1U : 0U;
  }
  EXPECT_EQ(replies, 1U);
  EXPECT_EQ(notes, 1U);
}

TEST_F(AThread, AReplyIsHeldWhenSomebodyAnsweredInTheMeantime) {
  start();
  cut_ = true;
  deed({{"deed", "reply"}, {"status", "answer"}, {"text", "We call on Monday."}});
  must(colleague()->casework->reply(
      office_.subject, {crypto::ReplyStatus::answer, false, "", "We call today.", {}}));
  come_back();
  const Json waiting = case_file()["unsent"];
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0]["held"], true);
  EXPECT_EQ(deed({{"deed", "drop_unsent"}, {"id", waiting[0]["id"]}}).status, 200U);
  EXPECT_EQ(deed({{"deed", "drop_unsent"}, {"id", waiting[0]["id"]}}).status, 404U);
  EXPECT_EQ(deed({{"deed", "send_held"}, {"id", waiting[0]["id"]}}).status, 404U);
  EXPECT_EQ(state()["unsent"], 0);
}

TEST_F(AThread, AHeldReplyGoesWhenItsWriterSaysSo) {
  start();
  cut_ = true;
  deed({{"deed", "reply"}, {"status", "answer"}, {"text", "We call on Monday."}});
  must(colleague()->casework->reply(
      office_.subject, {crypto::ReplyStatus::answer, false, "", "We call today.", {}}));
  come_back();
  const std::string id = case_file()["unsent"].at(0)["id"];
  EXPECT_EQ(deed({{"deed", "send_held"}, {"id", id}}).status, 200U);
  EXPECT_EQ(case_file()["story"].back()["text"], "We call on Monday.");
  EXPECT_TRUE(case_file()["unsent"].empty());
}

TEST_F(AThread, ANoteForOneselfStaysOnThisDevice) {
  start();
  const auto size = state()["events"];
  EXPECT_EQ(deed({{"deed", "note_for_me"}, {"text", "Ask her sister."}}).status, 200U);
  EXPECT_EQ(deed({{"deed", "note_for_me"}, {"text", ""}}).status, 422U);
  EXPECT_EQ(deed({{"deed", "note_for_me"}, {"case", std::string(32, '1')}, {"text", "x"}}).status,
            404U);
  EXPECT_EQ(state()["events"], size);
  const Json notes = case_file()["personal"];
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0]["text"], "Ask her sister.");
  EXPECT_TRUE(page_->get("/api/search?q=sister").json()["hits"].empty());
  EXPECT_EQ(deed({{"deed", "drop_note_for_me"}, {"id", notes[0]["id"]}}).status, 200U);
  EXPECT_EQ(deed({{"deed", "drop_note_for_me"}, {"id", notes[0]["id"]}}).status, 404U);
}

TEST_F(AThread, ACallersReportComesInLikeAnyOther) {
  start();
  const Json told{{"deed", "prepare_caller_report"},
                  {"kind", "REQUEST"},
                  {"reporter", "SELF"},
                  {"language", "vi"},
                  {"words", "nl"},
                  {"text", "Zij belt uit een winkel."},
                  {"answers", {{"urgency", {"ACUTE"}}}}};
  const Json code = deed(told).json();
  EXPECT_EQ(code["digits"].get<std::string>().size(), 34U);
  ASSERT_FALSE(code["words"].get<std::string>().empty());
  EXPECT_EQ(cases().size(), 1U);
  const Json wish{{"deed", "send_caller_report"}, {"ticket", code["ticket"]}};
  cut_ = true;
  EXPECT_EQ(deed(wish).status, 503U);
  cut_ = false;
  const auto sent = deed(wish);
  EXPECT_EQ(sent.status, 200U) << sent.body;
  EXPECT_EQ(deed(wish).status, 404U);
  office_.round("deputy");
  deed({{"deed", "sync"}});
  const Json row = cases("?view=new").at(0);
  EXPECT_EQ(row["acute"], true);
  const Json story = page_->get("/api/case?id=" + row["case"].get<std::string>()).json()["story"];
  EXPECT_EQ(story[0]["text"], "Zij belt uit een winkel.");
  EXPECT_EQ(story[0]["answers"]["entered"], Json::array({"CALLER"}));
}

TEST_F(AThread, ACallersReportSaysSomethingThatTheVocabularyHas) {
  start();
  Json told{{"deed", "prepare_caller_report"}};
  EXPECT_EQ(deed(told).status, 400U);
  told["text"] = "iets";
  told["answers"] = {{"urgency", {"WEIRD"}}};
  EXPECT_EQ(deed(told).status, 422U);
  told["answers"] = {{"urgency", 7}};
  EXPECT_EQ(deed(told).status, 422U);
}

TEST_F(AThread, AFreshCodeIsOfferedWithANumber) {
  start();
  const Json offered = deed({{"deed", "offer_fresh_code"}, {"text", ""}}).json();
  const std::string number = offered["number"];
  EXPECT_EQ(number.size(), 6U);
  const Json story = case_file()["story"];
  EXPECT_EQ(story.back()["text_module"], "FRESH");
  EXPECT_EQ(story.back()["text"], number);
}

TEST_F(AThread, KnowledgeNotesBelongToNoCase) {
  start();
  const std::string none(32, '0');
  Json wish{{"deed", "record"},
            {"case", none},
            {"kind", "knowledge"},
            {"fields", {{"question", "May an employer keep a passport?"}, {"answer", "Ask."}}}};
  const auto kept = deed(wish);
  ASSERT_EQ(kept.status, 200U) << kept.body;
  const Json notes = page_->get("/api/knowledge").json()["notes"];
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0]["fields"]["answer"], "Ask.");
  EXPECT_EQ(notes[0]["by"], "steward");
  wish["item"] = notes[0]["item"];
  wish["seen"] = notes[0]["position"];
  wish["fields"] = {{"removed", true}};
  EXPECT_EQ(deed(wish).status, 200U);
  EXPECT_TRUE(page_->get("/api/knowledge").json()["notes"].empty());
}

TEST_F(AThread, APhotoIsMadeAnewAndComesAsLetters) {
  const auto file = tests::jpeg_file(tests::four_quarters(64, 48));
  client::Outgoing outgoing{crypto::ReportKind::report, crypto::Statement{"nl", {}, "look", {}}};
  outgoing.images.push_back(file);
  outgoing.images.push_back({'n', 'o', 'n', 'e'});
  auto reports = client::compose(std::move(outgoing), crypto::test::fixed_thread(0x77).shared);
  for (crypto::Report& report : reports.value()) {
    report.hour = office_.now();
    office_.send(report);
  }
  office_.round("steward");
  start();
  std::string thread;
  for (const Json& row : cases()) {
    if (row["case"] != hex()) thread = row["case"];
  }
  const Json entry = page_->get("/api/case?id=" + thread).json()["story"].at(0);
  ASSERT_EQ(entry["enclosed"].size(), 2U);
  const std::string at =
      "/api/image?case=" + thread + "&position=" + entry["position"].dump() + "&number=";
  const auto photo = page_->get(at + "0");
  ASSERT_EQ(photo.status, 200U) << photo.body;
  EXPECT_EQ(photo.headers.at("Cache-Control"), "no-store");
  EXPECT_TRUE(photo.json()["jpeg"].get<std::string>().starts_with("/9j/"));
  EXPECT_EQ(page_->get(at + "1").status, 422U);
  EXPECT_EQ(page_->get(at + "2").status, 404U);
  EXPECT_EQ(page_->get("/api/image?case=" + hex() + "&position=999&number=0").status, 404U);
  EXPECT_EQ(page_->get("/api/image?case=zz").status, 404U);
  EXPECT_EQ(stranger()->get(at + "0").status, 401U);
}

}  // namespace meldpunt::console
