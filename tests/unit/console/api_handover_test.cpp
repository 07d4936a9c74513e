// Consent, escalations and what takes two people, as a page does them.
#include <gtest/gtest.h>

#include <algorithm>

#include "client/lib/recording.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using test::AConsole;
using Json = nlohmann::json;

}  // namespace

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
  client::test::answer_reporter(*deputy->casework, office_.subject);
  must(client::propose_erasure(*deputy->casework, deputy->staff, office_.subject, "asked for"));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  const Json waiting = page_->get("/api/approvals").json()["waiting"];
  EXPECT_EQ(waiting.at(0)["kind"], "erasure");
  EXPECT_EQ(waiting.at(0)["detail"]["reason"], "asked for");
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", waiting[0]["id"]}}).status, 200U);
  EXPECT_EQ(cases("?view=closed").at(0)["state"], "erased");
  const Json left = case_file();
  EXPECT_EQ(left["row"]["state"], "erased");
  EXPECT_TRUE(left["story"].empty());
  EXPECT_EQ(left["erasure"]["vault_changed"], false);
  EXPECT_EQ(left["erasure"]["complete"], false);
  EXPECT_TRUE(page_->get("/api/search?q=report").json()["hits"].empty());
}

TEST_F(AConsole, ProposesToEraseOnceTheNewestMessageHasAnAnswer) {
  start();
  const auto unread = deed({{"deed", "propose_erasure"}, {"reason", "asked for"}});
  EXPECT_EQ(unread.status, 409U);
  EXPECT_EQ(unread.json()["said"]["code"], "erase_unread");
  EXPECT_TRUE(page_->get("/api/approvals").json()["waiting"].empty());
  EXPECT_EQ(deed({{"deed", "reply"}, {"status", "closed"}, {"text", "Goodbye."}}).status, 200U);
  const auto done = deed({{"deed", "propose_erasure"}, {"reason", "asked for"}});
  EXPECT_EQ(done.json()["approvers_asked"], 1);
  EXPECT_EQ(page_->get("/api/approvals").json()["waiting"].at(0)["own"], true);
}

TEST_F(AConsole, SaysNoAsTheSecondPerson) {
  start();
  const auto deputy = colleague();
  const auto made = must(client::prepare_escalation(*deputy->casework, office_.subject,
                                                    office_.override_draft(), office_.now()));
  must(client::commit_escalation(*deputy->casework, office_.subject, made));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  const Json id = page_->get("/api/approvals").json()["waiting"].at(0)["id"];
  EXPECT_EQ(deed({{"deed", "decline"}, {"id", id}}).status, 400U);
  EXPECT_EQ(deed({{"deed", "decline"}, {"id", id}, {"reason", "not yet"}}).status, 200U);
  const Json shown = page_->get("/api/approvals").json()["waiting"].at(0);
  EXPECT_EQ(shown["refusals"].at(0)["by"], "steward");
  EXPECT_EQ(shown["refusals"].at(0)["reason"], "not yet");
  const Json tasks = case_file()["tasks"];
  EXPECT_TRUE(std::ranges::any_of(
      tasks, [](const Json& task) { return task["kind"] == "second_refused"; }));
}

TEST_F(AConsole, SendsInHasteAndForAsLongAsWasAgreed) {
  start();
  Json wish{
      {"deed", "prepare_escalation"},
      {"recipient", "KADERA"},
      {"purpose", "REFER"},
      {"fields", {{"age_class", "ADULT"}}},
      {"answer_within", 2},
      {"valid_for", 1},
      {"without_consent", {{"reason", "in danger"}, {"ground", "VITAL"}, {"in_haste", true}}}};
  EXPECT_EQ(deed(wish).status, 400U) << "it would lapse before an answer is wanted";
  wish["valid_for"] = 365;
  EXPECT_EQ(deed(wish).status, 400U);
  wish["valid_for"] = 7;
  const auto prepared = deed(wish);
  ASSERT_EQ(prepared.status, 200U) << prepared.body;
  EXPECT_EQ(prepared.json()["preview"]["needs_second"], false);
  const auto sent = deed({{"deed", "send_escalation"}, {"ticket", prepared.json()["ticket"]}});
  EXPECT_EQ(sent.json()["state"], "sent");
  must(office_.desk()->inbox->collect());
  const auto desk = office_.desk();
  const auto& held = desk->inbox->entries().begin()->second.escalation;
  EXPECT_EQ(held.valid_until - held.hour, 7U * 24);
  EXPECT_EQ(held.answer_by - held.hour, 2U * 24);
}

TEST_F(AConsole, AlarmsWhenConsentForWhatWasSharedIsTakenBack) {
  const auto question = office_.consented();
  office_.escalate();
  start();
  EXPECT_TRUE(state()["alarms"].empty());
  office_.answer(question, crypto::ConsentChoice::withdrawn, 3);
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  const Json alarm = state()["alarms"].at(0);
  EXPECT_EQ(alarm["kind"], "consent_withdrawn");
  EXPECT_EQ(alarm["case"], hex());
}

}  // namespace meldpunt::console
