// Time walks: whole programs under a clock that the test moves by days and weeks.
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "tests/integration/a_region.h"
#include "tests/integration/case_file.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

// Every program that is started from now on lives in the time that this tells.
class WalkingClock {
 public:
  WalkingClock() {
    write_text(file_, "+0\n");
    ::setenv("LD_PRELOAD", MELDPUNT_FAKETIME_LIBRARY, 1);
    ::setenv("FAKETIME_TIMESTAMP_FILE", file_.c_str(), 1);
    ::setenv("FAKETIME_NO_CACHE", "1", 1);
    ::setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
  }
  ~WalkingClock() {
    for (const char* name : {"LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE",
                             "FAKETIME_DONT_FAKE_MONOTONIC"}) {
      ::unsetenv(name);
    }
  }
  WalkingClock(const WalkingClock&) = delete;
  WalkingClock& operator=(const WalkingClock&) = delete;

  // Long enough for a tick: the notice is then of the new day.
  void pass_days(int days) {
    days_ += days;
    write_text(file_, "+" + std::to_string(days_) + "d\n");
    std::this_thread::sleep_for(2500ms);
  }

 private:
  const Folder folder_;
  const std::filesystem::path file_ = folder_ / "offset";
  int days_ = 0;
};

class Time : public testing::Test {
 protected:
  // What a coordinator or steward has to type, and what it says when it fails.
  ARegion::Answer must(const std::string& command, const std::vector<std::string>& more = {},
                       const std::string& home = "steward") {
    auto answer = region_.staff(command, more, home);
    EXPECT_EQ(answer.status, 0) << command << ": " << answer.output;
    return answer;
  }

  WalkingClock clock_;
  ARegion region_;
};

TEST_F(Time, ThreeWeeksOfHolidayLoseNoReport) {
  region_.report("before the holiday");
  clock_.pass_days(10);
  region_.report("in the middle of it");
  clock_.pass_days(11);
  region_.report("at its end");
  must("cases");  // another command than duty closes nothing that holds a report
  region_.duty_once();

  const auto texts = case_file(region_);
  EXPECT_EQ(texts.size(), 3U);
  for (const char* text : {"before the holiday", "in the middle of it", "at its end"}) {
    EXPECT_TRUE(texts.contains(text)) << text;
  }
}

TEST_F(Time, AnEmptiedKeySupplyIsFilledThroughTheOperator) {
  clock_.pass_days(40);
  const auto refused = region_.staff("steward renew");
  EXPECT_NE(refused.status, 0);
  EXPECT_NE(refused.output.find("steward renew --out"), std::string::npos) << refused.output;

  const auto file = region_.folder() / "renewal";
  must("steward renew", {"--out", file});
  std::filesystem::copy_file(file, region_.folder() / "region/founding",
                             std::filesystem::copy_options::overwrite_existing);
  region_.start_daemon();
  region_.start_gateways();

  must("steward renew");
  region_.report("after the supply was filled");
  region_.duty_once();
  EXPECT_EQ(case_file(region_).size(), 1U);
}

TEST_F(Time, AnOperationsKeyAndADeviceAreRenewedInTime) {
  for (int half_month = 0; half_month < 6; ++half_month) {
    clock_.pass_days(30);
    must("device renew");
    must("duty", {"--once"});
    const auto renewed = must("steward renew", {"--confirm", "all"});
    EXPECT_EQ(renewed.event("renewed").value("devices_confirmed", 0), 1) << renewed.output;
  }
  const auto near = must("cases");
  EXPECT_NE(near.output.find("operations key"), std::string::npos) << near.output;

  const auto renewed =
      must("steward renew", {"--root-key", region_.folder() / "region/root.key",
                             "--root-passphrase-file", region_.folder() / "passphrase"});

  EXPECT_FALSE(renewed.event("renewed").value("cut_short", true));
  region_.report("with the second operations key");
  region_.duty_once();
  EXPECT_EQ(case_file(region_).size(), 1U);
}

TEST_F(Time, ARemovedCoordinatorReadsNothingNew) {
  region_.enrol("leaver");
  must("cases", {}, "leaver");
  region_.report("before");
  region_.duty_once();

  must("steward revoke", {"leaver"});

  region_.report("after");
  const auto refused = region_.staff("duty", {"--once", "--timeout", "5"}, "leaver");
  EXPECT_NE(refused.status, 0);
  region_.duty_once();
  EXPECT_EQ(case_file(region_).size(), 2U);
}

}  // namespace
}  // namespace meldpunt::tests
