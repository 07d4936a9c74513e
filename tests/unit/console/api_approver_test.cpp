// An approver's console: what waits for a second person, and nothing else.
#include <gtest/gtest.h>

#include "client/lib/recording.h"
#include "client/lib/redaction.h"
#include "client/lib/releases.h"
#include "client/lib/second_closing.h"
#include "client/lib/second_refusals.h"
#include "client/lib/second_release.h"
#include "client/lib/word_lists.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::must;
using client::test::PartnerOffice;
using Json = nlohmann::json;

class AnApproversConsole : public test::AConsole {
 protected:
  void begin() { start(false, "approver"); }
  Json waiting() { return page_->get("/api/approvals").json().at("waiting"); }
  Json only() { return waiting().at(0); }
  test::Got sign() { return deed({{"deed", "countersign"}, {"id", only()["id"]}}); }
  test::Got say_no(const std::string& reason) {
    return deed({{"deed", "decline"}, {"id", only()["id"]}, {"reason", reason}});
  }
  // Somebody is on duty; what a coordinator's device then knows.
  std::unique_ptr<client::test::Seat> after_duty() {
    alarms_ = office_.round("steward");
    return colleague();
  }
  crypto::CaseId a_minors_case() {
    office_.send(office_.report(0x70, 7, {{"age_class", {"MINOR"}}}));
    office_.round("steward");
    const auto seat = colleague("steward");
    for (const auto& [id, entry] : seat->casework->index().cases()) {
      if (entry.minor) return id;
    }
    return {};
  }

  std::vector<std::string> alarms_;
};

}  // namespace

TEST_F(AnApproversConsole, SignsAnEscalationWithoutConsent) {
  const auto made = office_.escalate(PartnerOffice::override_draft());
  begin();
  EXPECT_EQ(state()["device"]["role"], "approver");
  EXPECT_EQ(state()["counts"]["approvals"], 1);
  EXPECT_EQ(only()["kind"], "escalation");
  EXPECT_EQ(only()["proposer"], "steward");
  EXPECT_EQ(only()["detail"]["fields"]["age_class"], "ADULT");
  EXPECT_EQ(only()["detail"]["basis"]["reason"], "in danger tonight");
  EXPECT_EQ(only()["case"], std::string(32, '0')) << "who signs an escalation knows no case";
  const Json request = only();

  EXPECT_EQ(sign().status, 200U);

  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(state()["counts"]["approvals"], 0);
  EXPECT_EQ(deed({{"deed", "countersign"}, {"id", request["id"]}}).status, 404U);
  const auto seat = after_duty();
  EXPECT_EQ(client::state_of(*seat->casework->escalations().find(made.id), office_.now()), "sent");
}

TEST_F(AnApproversConsole, SaysNoAndWhyAndTheProposerReadsIt) {
  const auto made = office_.escalate(PartnerOffice::override_draft());
  begin();
  EXPECT_EQ(say_no("").status, 400U);
  ASSERT_EQ(waiting().size(), 1U);

  EXPECT_EQ(say_no("call her first").status, 200U);

  EXPECT_TRUE(waiting().empty());
  const auto seat = after_duty();
  EXPECT_TRUE(alarms_.empty()) << alarms_.at(0);
  EXPECT_EQ(client::state_of(*seat->casework->escalations().find(made.id), office_.now()),
            "proposed");
  const auto refusals = client::refusals_of(*seat->casework, office_.subject);
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].by, "approver");
  EXPECT_EQ(refusals[0].refusal.reason, "call her first");
  start();
  const Json shown = page_->get("/api/approvals").json()["waiting"].at(0);
  EXPECT_EQ(shown["refusals"].at(0)["reason"], "call her first");
  EXPECT_EQ(state()["alarms"].at(0)["kind"], "second_refused");
  EXPECT_EQ(state()["alarms"].at(0)["case"], hex());
  const auto seat_again = colleague("steward");
  must(client::withdraw_escalation(*seat_again->casework, made.id, "", office_.now()));
  EXPECT_TRUE(client::refusals_of(*seat_again->casework, office_.subject).empty())
      << "it waits no longer";
}

TEST_F(AnApproversConsole, SignsToEraseACase) {
  const auto steward = colleague("steward");
  client::test::answer_reporter(*steward->casework, office_.subject);
  must(client::propose_erasure(*steward->casework, steward->staff, office_.subject, "asked for"));
  must(client::ask_to_countersign_erasure(*steward->casework, steward->staff, office_.subject,
                                          office_.now()));
  begin();
  EXPECT_EQ(only()["kind"], "erasure");
  EXPECT_EQ(only()["detail"]["reason"], "asked for");
  EXPECT_EQ(sign().status, 200U);
  EXPECT_FALSE(after_duty()->casework->index().find(office_.subject)->readable);
}

TEST_F(AnApproversConsole, SignsTheTermsOfARelease) {
  const client::ReleaseWish wish{crypto::Series::inflow, *trends::read_period("2024-Q3")};
  {
    const auto steward = colleague("steward");
    client::Releases releases(steward->home, *steward->casework, steward->staff, office_.clock);
    EXPECT_EQ(must(releases.propose(wish)), 1U);
  }
  begin();
  EXPECT_EQ(only()["kind"], "release");
  EXPECT_EQ(only()["name"], "2024-Q3");
  EXPECT_EQ(only()["case"], std::string(32, '0')) << "it concerns no case";
  EXPECT_EQ(only()["detail"]["schedule"], "quarter-year");
  EXPECT_FALSE(only()["detail"]["tables"].empty());

  EXPECT_EQ(sign().status, 200U);

  const auto seat = after_duty();
  const auto* proposed = seat->casework->releases().proposed(wish.series, wish.period);
  ASSERT_NE(proposed, nullptr);
  EXPECT_NE(client::second_of(*seat->casework, *proposed), nullptr);
}

TEST_F(AnApproversConsole, SaysNoToStriking) {
  const auto steward = colleague("steward");
  must(steward->casework->note(office_.subject, "the wrong case"));
  const auto line = steward->casework->index().find(office_.subject)->notes.back();
  must(client::propose_striking(*steward->casework, steward->staff, office_.subject, "wrong case",
                                {{line, ""}}));
  must(client::ask_to_countersign_erasure(*steward->casework, steward->staff, office_.subject,
                                          office_.now()));
  begin();
  EXPECT_EQ(only()["kind"], "striking");
  EXPECT_EQ(say_no("it belongs here").status, 200U);
  const auto seat = after_duty();
  EXPECT_TRUE(seat->casework->index().find(office_.subject)->readable);
  EXPECT_EQ(client::refusals_of(*seat->casework, office_.subject).size(), 1U);
}

TEST_F(AnApproversConsole, ConfirmsThatAMinorsCaseIsClosed) {
  const auto subject = a_minors_case();
  {
    const auto steward = colleague("steward");
    must(client::close_case(*steward->casework, subject, {{"reason", "LEFT"}}));
    EXPECT_EQ(must(client::ask_to_countersign_closing(*steward->casework, steward->staff, subject,
                                                      office_.now())),
              1U);
  }
  begin();
  EXPECT_EQ(only()["kind"], "closing");
  EXPECT_EQ(only()["detail"]["reason"], "LEFT");
  EXPECT_EQ(only()["name"], client::case_name(subject, client::english_words()));

  EXPECT_EQ(sign().status, 200U);

  const auto seat = after_duty();
  EXPECT_TRUE(alarms_.empty());
  EXPECT_TRUE(client::state_of(*seat->casework, subject).closed)
      << "by the device that proposed it, with the approver's signature";
}

TEST_F(AnApproversConsole, IsAskedByTheDeskThatClosesAMinorsCase) {
  const auto subject = a_minors_case();
  start();
  const auto closed = deed({{"deed", "record"},
                            {"case", client::hexadecimal(subject.view())},
                            {"kind", "closing"},
                            {"fields", {{"reason", "LEFT"}}}});
  ASSERT_EQ(closed.status, 200U) << closed.body;
  begin();
  EXPECT_EQ(only()["kind"], "closing");
}

TEST_F(AnApproversConsole, HasNoScreenOfAnotherRole) {
  begin();
  for (const char* path : {"/api/cases", "/api/inbox", "/api/search?q=x", "/api/audit"}) {
    EXPECT_EQ(page_->get(path).status, 404U) << path;
  }
  for (const char* name : {"next", "reply", "inbox_answer", "propose_erasure"}) {
    EXPECT_EQ(deed({{"deed", name}}).status, 400U) << name;
  }
}

TEST_F(AnApproversConsole, WithoutTheServerSignsNothing) {
  office_.escalate(PartnerOffice::override_draft());
  begin();
  cut_ = true;
  EXPECT_EQ(sign().status, 503U);
  cut_ = false;
  EXPECT_EQ(sign().status, 200U);
}

}  // namespace meldpunt::console
