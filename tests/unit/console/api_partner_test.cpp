// A partner's console: what came, and the answers to it.
#include <gtest/gtest.h>

#include "client/lib/case_json.h"
#include "client/lib/word_lists.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using client::test::partner_device;
using client::test::PartnerOffice;
using Json = nlohmann::json;

class APartnersConsole : public test::AConsole {
 protected:
  // One escalation lies in the partner's box, and the console is open.
  void begin(const client::EscalationDraft& draft = PartnerOffice::draft()) {
    if (!draft.without_consent) office_.consented();
    id_ = office_.escalate(draft).id;
    start(false, partner_device);
  }
  Json items() { return page_->get("/api/inbox").json().at("items"); }
  Json item() { return items().at(0); }
  test::Got say(const std::string& answer, const std::string& text = "") {
    return page_->post("/api/deed", {{"deed", "inbox_answer"},
                                     {"id", client::hexadecimal(id_.view())},
                                     {"answer", answer},
                                     {"text", text}});
  }
  // As a coordinator's device has it.
  std::string state_there() {
    office_.round("steward");
    const auto seat = colleague();
    return std::string(
        client::state_of(*seat->casework->escalations().find(id_), client::hour_of(clock_.now())));
  }
  // Both clocks; the door has locked meanwhile.
  void pass(std::chrono::hours time) {
    clock_.pass(time);
    office_.clock.pass(time);
    EXPECT_EQ(unlock().status, 200U);
  }

  crypto::EscalationId id_;
};

}  // namespace

TEST_F(APartnersConsole, ShowsWhatCameWithItsNameAndItsTimes) {
  begin();
  EXPECT_EQ(state()["device"]["role"], "partner");
  EXPECT_EQ(state()["counts"]["inbox"], 1);
  const Json came = item();
  EXPECT_EQ(came["state"], "received");
  EXPECT_EQ(came["waits"], true);
  EXPECT_EQ(came["fields"]["need"], "P1.SHELTER");
  EXPECT_EQ(came["purpose"], "REFER");
  EXPECT_FALSE(came["name"].get<std::string>().empty());
  const auto seat = colleague();
  const auto* entry = seat->casework->escalations().find(id_);
  const auto sent = must(client::read_escalation(*seat->casework, *entry));
  EXPECT_EQ(came["name"], client::json_of(sent, seat->casework->rosters())["name"])
      << "the coordinator sees by which words the partner calls it";
  EXPECT_NE(came["name"], client::case_name(office_.subject, client::english_words()));
}

TEST_F(APartnersConsole, AcceptsAddsAWordAndSaysThatItIsDone) {
  begin();
  EXPECT_EQ(say("accepted", "there is a place").status, 200U);
  EXPECT_EQ(item()["state"], "accepted");
  EXPECT_EQ(state()["counts"]["inbox"], 0);
  EXPECT_EQ(state_there(), "accepted");
  EXPECT_EQ(say("more", "she has arrived").status, 200U);
  EXPECT_EQ(item()["state"], "accepted");
  EXPECT_EQ(say("done").status, 200U);
  EXPECT_EQ(state_there(), "done");
  EXPECT_EQ(item()["answers"].size(), 4U) << "received, by the program, is one";
}

TEST_F(APartnersConsole, RefusesWithAReasonOnly) {
  begin();
  EXPECT_EQ(say("refused").status, 400U);
  EXPECT_EQ(say("perhaps").status, 400U);
  EXPECT_EQ(item()["state"], "received");
  EXPECT_EQ(say("refused", "no place").status, 200U);
  EXPECT_EQ(state_there(), "refused");
}

TEST_F(APartnersConsole, SaysThatItWasPrintedAndThatChangesNothingElse) {
  begin();
  EXPECT_EQ(say("printed").status, 200U);
  EXPECT_EQ(item()["printed"], 1);
  EXPECT_EQ(item()["state"], "received");
  EXPECT_EQ(item()["waits"], true);
  EXPECT_EQ(state_there(), "received");
  const auto seat = colleague();
  const auto answers =
      must(client::read_answers(*seat->casework, *seat->casework->escalations().find(id_)));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers.back().said, crypto::Said::printed);
}

TEST_F(APartnersConsole, NeitherAcceptsNorPrintsWhatWasWithdrawn) {
  begin();
  const auto steward = colleague("steward");
  must(client::withdraw_escalation(*steward->casework, id_, "she has changed her mind",
                                   office_.now()));
  must(client::carry(*steward->casework, steward->staff, office_.now()));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_EQ(item()["state"], "withdrawn");
  EXPECT_EQ(item()["withdrawal"]["text"], "she has changed her mind");
  EXPECT_EQ(say("accepted").status, 409U);
  EXPECT_EQ(say("printed").status, 409U);
  EXPECT_EQ(say("more", "we had begun: call us").status, 200U);
}

TEST_F(APartnersConsole, LetsLapseWhatNobodyAnsweredInTime) {
  auto draft = PartnerOffice::override_draft();
  draft.in_haste = true;
  draft.valid_for = draft.answer_within = 24;
  begin(draft);
  EXPECT_EQ(item()["state"], "received");
  pass(std::chrono::hours(25));
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_EQ(item()["state"], "lapsed");
  EXPECT_EQ(item()["waits"], false);
  EXPECT_TRUE(item()["fields"].empty());
  EXPECT_EQ(say("accepted").status, 409U);
  EXPECT_EQ(say("printed").status, 409U);
  EXPECT_EQ(state_there(), "lapsed");
}

TEST_F(APartnersConsole, WhatWasAcceptedDoesNotLapse) {
  begin();
  EXPECT_EQ(say("accepted").status, 200U);
  pass(std::chrono::hours(31 * 24));
  EXPECT_EQ(item()["state"], "accepted");
  EXPECT_EQ(say("done").status, 200U);
}

TEST_F(APartnersConsole, KeepsAnAnswerWhileNobodyAnswersAndSendsItOnce) {
  begin();
  cut_ = true;
  const auto said = say("accepted", "yes");
  ASSERT_EQ(said.status, 200U) << said.body;
  EXPECT_EQ(said.json()["waits"], true);
  EXPECT_EQ(state()["unsent"], 1);
  EXPECT_EQ(item()["state"], "accepted");
  cut_ = false;
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_EQ(state()["unsent"], 0);
  EXPECT_EQ(state_there(), "accepted");
  EXPECT_EQ(office_.server.boxed(), 0U);
}

TEST_F(APartnersConsole, HasNoScreenOfAnotherRole) {
  begin();
  for (const char* path : {"/api/cases", "/api/case?id=00", "/api/image", "/api/knowledge",
                           "/api/search?q=x", "/api/approvals", "/api/audit", "/api/statistics"}) {
    const auto got = page_->get(path);
    EXPECT_EQ(got.status, 404U) << path;
    EXPECT_NE(got.body.find("another role"), std::string::npos) << path;
  }
  for (const char* name : {"next", "reply", "countersign", "decline", "prepare_escalation"}) {
    EXPECT_EQ(deed({{"deed", name}}).status, 400U) << name;
  }
  EXPECT_EQ(page_->get("/api/vocabulary").status, 200U);
}

TEST_F(APartnersConsole, IsNotOnDuty) {
  const auto console = made(partner_device, true);
  const auto started = console->start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().exit_code, EX_USAGE);
}

TEST_F(APartnersConsole, OfADeviceThatHasNotMetItsRegionSaysSo) {
  cut_ = true;
  const auto console = made(partner_device);
  const auto started = console->start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().exit_code, EX_TEMPFAIL);
}

TEST_F(APartnersConsole, LosesTheRoleWithItsDevice) {
  begin();
  start();
  EXPECT_EQ(page_->get("/api/inbox").status, 404U) << "a coordinator has no inbox";
  EXPECT_EQ(page_->get("/api/approvals").status, 200U);
}

}  // namespace meldpunt::console
