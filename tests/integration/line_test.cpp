// Stories of the line, told with the programs that people run.
#include <gtest/gtest.h>
#include <sysexits.h>

#include <algorithm>
#include <thread>

#include "tests/integration/a_region.h"

namespace meldpunt::tests {
namespace {

class TheLine : public testing::Test {
 protected:
  ARegion region_;
};

TEST_F(TheLine, AReporterReturnsWithTheCodeAndReadsTheAnswer) {
  const std::string words = region_.report("Seven people live in a caravan behind the greenhouse.");
  region_.duty_once();
  const auto taken = region_.staff("next");
  const std::string subject = taken.event("case").at("case");
  EXPECT_NE(taken.output.find("behind the greenhouse"), std::string::npos);
  const auto replied = region_.staff("reply", {subject, "--text-file", "-"}, "steward",
                                     "Thank you. Are they safe tonight?");
  ASSERT_EQ(replied.status, 0) << replied.output;
  const auto duty = region_.start_duty();

  EXPECT_TRUE(region_.reads(words, "Thank you. Are they safe tonight?"));
}

TEST_F(TheLine, ATextModuleIsPickedByItsCodeAndReadInTheReportersLanguage) {
  const std::string words = region_.report("mulțumesc");
  region_.duty_once();
  const std::string subject = region_.staff("next").event("case").at("case");

  const auto refused = region_.staff("reply", {subject, "--text-module", "THANK"});
  const auto replied = region_.staff("reply", {subject, "--text-module", "THANKS"});

  EXPECT_EQ(refused.status, EX_USAGE) << refused.output;
  EXPECT_NE(refused.output.find("THANKS  first reply to a victim"), std::string::npos);
  ASSERT_EQ(replied.status, 0) << replied.output;
  const auto duty = region_.start_duty();
  ASSERT_TRUE(region_.reads(words, ""));
  const auto read =
      region_.reporter("check", {"--code-file", "-", "--language", "ro"}, words + "\n");
  const auto texts = Json::parse(read_text("client/page/text/ro.json"));
  EXPECT_EQ(read.event("reply").at("module_text"), texts.at("module.THANKS")) << read.output;
}

TEST_F(TheLine, AMessageContinuesTheThreadAndABurnedReplyIsGone) {
  const std::string words = region_.report("first");
  const auto file = region_.folder() / "more.json";
  write_text(file, R"({"kind":"SIGNAL","language":"nl","text":"nog iets","answers":{}})");
  const auto more =
      region_.reporter("message", {"--answers", file, "--code-file", "-"}, words + "\n");
  ASSERT_EQ(more.status, 0) << more.output;
  region_.duty_once();
  const auto taken = region_.staff("next").event("case");
  EXPECT_EQ(taken.at("reports"), 2);
  EXPECT_EQ(taken.at("doubtful_reports"), 0);
  const std::string subject = taken.at("case");
  ASSERT_EQ(region_.staff("reply", {subject, "--text-file", "-"}, "steward", "read").status, 0);
  const auto duty = region_.start_duty();
  ASSERT_TRUE(region_.reads(words, "read"));

  const auto burned = region_.reporter("burn", {"--code-file", "-"}, words + "\n");

  EXPECT_EQ(burned.status, 0) << burned.output;
  EXPECT_FALSE(burned.event("burned").at("replies").empty());
  EXPECT_TRUE(region_.check(words).empty());
}

TEST_F(TheLine, TwoCoordinatorsAreNeverAssignedTheSameReport) {
  region_.enrol("deputy");
  constexpr int reports = 6;
  for (int i = 0; i < reports; ++i) region_.report("number " + std::to_string(i));
  region_.duty_once("deputy");
  std::vector<std::string> cases;
  for (int i = 0; i < reports / 2; ++i) {
    ARegion::Answer answers[2];
    std::thread other([&] { answers[1] = region_.staff("next", {}, "deputy"); });
    answers[0] = region_.staff("next");
    other.join();
    for (const auto& answer : answers) {
      ASSERT_EQ(answer.status, 0) << answer.output;
      cases.push_back(answer.event("case").at("case"));
    }
  }

  std::ranges::sort(cases);
  EXPECT_EQ(std::ranges::unique(cases).begin(), cases.end());
  EXPECT_FALSE(region_.staff("next").event("nothing_waits").is_null());
}

TEST_F(TheLine, ASecondPersonSaysNoAndWhyAndAPartnerThatItWasPrinted) {
  region_.enrol("KADERA desk", "partner");
  region_.enrol("approver", "approver");
  region_.enrol("deputy");
  region_.report("She sleeps in the greenhouse.");
  region_.duty_once();
  const std::string subject = region_.staff("next").event("case").at("case");
  const auto why = region_.folder() / "why";
  write_text(why, "Call her first.");
  const auto proposed =
      region_.staff("escalate",
                    {subject, "--to", "KADERA", "--purpose", "REFER", "--field", "summary",
                     "--values", "-", "--override-reason", why, "--legal-ground", "VITAL", "--yes"},
                    "steward", Json{{"summary", "in danger"}}.dump());
  ASSERT_EQ(proposed.status, 0) << proposed.output;

  const auto refused = region_.staff("countersign", {"--refuse", why, "--yes"}, "approver");
  EXPECT_EQ(refused.event("second_refused").at("refused"), 1) << refused.output;
  EXPECT_TRUE(
      region_.staff("countersign", {"--list"}, "approver").event("to_countersign").is_null());
  region_.duty_once();
  const auto again = region_.staff("countersign", {"--refuse", why, "--yes"}, "deputy");
  EXPECT_EQ(again.event("second_refused").at("refused"), 1) << again.output;
  const std::string tasks = region_.staff("tasks").output;
  EXPECT_NE(tasks.find("approver does not sign as the second person: Call her first."),
            std::string::npos)
      << tasks;
  EXPECT_NE(tasks.find("deputy does not sign as the second person: Call her first."),
            std::string::npos)
      << tasks;

  const auto signed_after = region_.staff("countersign", {"--yes"}, "deputy");
  EXPECT_EQ(signed_after.event("countersigned").at("signed"), 1) << signed_after.output;
  const auto inbox = region_.staff("inbox", {}, "KADERA desk").event("inbox");
  const std::string number = inbox.at("escalations").at(0).at("escalation");
  const auto printed = region_.staff("answer", {number, "--printed"}, "KADERA desk");
  EXPECT_EQ(printed.event("answered").at("said"), "printed") << printed.output;
  EXPECT_EQ(
      region_.staff("inbox", {}, "KADERA desk").event("inbox").at("escalations").at(0).at("state"),
      "received");
  region_.duty_once();
  EXPECT_NE(region_.staff("case", {subject}).output.find("\"said\":\"printed\""),
            std::string::npos);
}

TEST_F(TheLine, ADeviceThatIsNotEnrolledGetsNothing) {
  ASSERT_EQ(
      run({MELDPUNT_CLIENT_PROGRAM, "device", "init", "--home", region_.folder() / "ghost", "--pin",
           region_.pin(), "--name", "ghost", "--passphrase-file", region_.folder() / "passphrase"})
          .status,
      0);

  EXPECT_NE(region_.staff("queue", {"--timeout", "3"}, "ghost").status, 0);
}

TEST_F(TheLine, ASecondDaemonOnTheSameDirectoryIsRefusedWithASentence) {
  const auto second = run(region_.daemon_command());

  EXPECT_EQ(second.status, 65) << second.output;
  EXPECT_NE(second.output.find("meldpuntd"), std::string::npos);
}

TEST_F(TheLine, SigtermEndsEveryProgramWithinFiveSeconds) {
  const auto duty = region_.start_duty();
  region_.report("before");
  EXPECT_TRUE(duty->ends_politely(std::chrono::seconds(5)));
  EXPECT_TRUE(region_.gateway().ends_politely(std::chrono::seconds(5)));
  EXPECT_TRUE(region_.daemon().ends_politely(std::chrono::seconds(5)));
}

TEST_F(TheLine, ABackupIsRestoredUnderAHigherGeneration) {
  region_.report("kept");
  const std::string backup = region_.folder() / "backup";
  const std::string data = region_.data();
  ASSERT_EQ(run({MELDPUNT_DAEMON_PROGRAM, "--data", data, "--backup", backup}).status, 0);
  region_.stop_daemon();
  const auto restored =
      run({MELDPUNT_DAEMON_PROGRAM, "--data", data, "--restore", backup, "--replace"});
  ASSERT_EQ(restored.status, 0) << restored.output;
  EXPECT_EQ(run({MELDPUNT_DAEMON_PROGRAM, "--data", data, "--check-database"}).status, 0);
  region_.start_daemon();
  region_.start_gateways();
  region_.duty_once();

  EXPECT_NE(region_.staff("next").output.find("kept"), std::string::npos);
  EXPECT_NE(region_.log().find("generation 2"), std::string::npos) << region_.log();
}

}  // namespace
}  // namespace meldpunt::tests
