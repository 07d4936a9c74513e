// Figures that leave the region, as a page sees them: periods, what can be said beforehand, and the
// deeds with their second person.
#include <gtest/gtest.h>

#include "client/console/trends_plan_answer.h"
#include "client/lib/countersigning.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console::test {
namespace {

using client::test::must;

class Figures : public AConsole {
 protected:
  // The office's case was opened in October 2024.
  void november() {
    clock_.pass(std::chrono::hours(24 * 32));
    office_.clock.pass(std::chrono::hours(24 * 32));
    start();
  }
  Got get(const std::string& query = "") { return page_->get("/api/trends" + query); }
  Json overview() { return get().json(); }
  Json period(const std::string& series, const std::string& name) {
    const Json shown = overview();
    for (const Json& each : shown["periods"]) {
      if (each["series"] == series && each["period"] == name) return each;
    }
    return {};
  }
  Got preview(const std::string& schedule, const std::string& life = "0.088") {
    return get("?show=preview&series=inflow&period=2024-10&schedule=" + schedule + "&life=" + life);
  }
  Got propose() {
    return deed({{"deed", "propose_figures"},
                 {"series", "inflow"},
                 {"period", "2024-10"},
                 {"schedule", "month"},
                 {"life", "0.088"}});
  }
  Got draw() {
    return deed({{"deed", "draw_figures"}, {"series", "inflow"}, {"period", "2024-10"}});
  }
  void colleague_signs() {
    const auto seat = colleague();
    for (const auto& request : must(client::waiting_for_second(*seat->casework))) {
      const auto signed_one = must(client::sign_second(seat->home, request));
      must(client::take_second(*seat->casework, seat->staff, signed_one, seat->home.keys().id,
                               client::hour_of(office_.clock.now())));
    }
    EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  }
};

TEST_F(Figures, AYearGoesByTheUsualScheduleUntilSomebodyProposesAnother) {
  november();
  const Json shown = overview();

  ASSERT_EQ(shown["years"].size(), 1U);
  const Json year = shown["years"][0];
  EXPECT_EQ(year["year"], "2024");
  EXPECT_EQ(year["terms"]["inflow"]["schedule"], "quarter-year");
  EXPECT_EQ(year["terms"]["inflow"]["life"], "0.088");
  EXPECT_EQ(year["terms"]["inflow"]["fixed"], false);
  EXPECT_EQ(year["terms"]["closures"]["schedule"], "quarter");
  EXPECT_EQ(period("inflow", "2024-Q4")["state"], "running");
  EXPECT_EQ(period("inflow", "2024-Q4")["from"], "2025-01-01");
  EXPECT_EQ(period("inflow", "2024-Q3")["state"], "due");
  EXPECT_EQ(period("closures", "2024-Q3")["state"], "due");
  EXPECT_TRUE(shown["releases"].empty());
}

TEST_F(Figures, TheMeterSaysWhatACaseOfTheYearPaysAndNeverMoreThanItsBudget) {
  november();
  const Json meter = overview()["years"][0]["meter"];

  double percent = 0;
  std::set<std::string> series;
  for (const Json& part : meter["parts"]) {
    percent += part["percent"].get<double>();
    series.insert(part["series"]);
  }
  EXPECT_GT(percent, 90);
  EXPECT_LE(percent, 100);
  EXPECT_EQ(series, (std::set<std::string>{"inflow", "closures"}));
  EXPECT_LE(trends::read_decimal(meter["epsilon_paid"].get<std::string>()),
            trends::read_decimal(meter["epsilon_life"].get<std::string>()));
}

TEST_F(Figures, APreviewDrawsNothingAndSaysHowExactEachTableWouldBe) {
  november();
  const auto before = overview();
  const Json shown = preview("month").json();

  EXPECT_EQ(shown["cases"], 1);
  EXPECT_EQ(shown["left_out"], 0);
  EXPECT_EQ(shown["not_coded"], 1);
  EXPECT_EQ(shown["cost"]["rho"] == "0.0", shown["cost"]["pure"] != "0.0");
  ASSERT_GE(shown["tables"].size(), 8U);
  for (const Json& table : shown["tables"]) {
    EXPECT_GT(table["half_width"].get<double>(), 1);
    EXPECT_EQ(table["reads"], "none") << "of one case nothing can be read";
  }
  EXPECT_EQ(overview(), before);
}

TEST_F(Figures, APreviewIsRefusedWithTheReason) {
  november();
  EXPECT_EQ(preview("weekly").json()["said"]["code"], "trends_nothing");
  EXPECT_EQ(preview("month", "much").status, 400U);
  EXPECT_EQ(preview("quarter").status, 400U) << "the schedule has no months";
  EXPECT_EQ(preview("month", "0.4").status, 400U) << "more than may be charged";
  const auto early = get("?show=preview&series=inflow&period=2024-11&schedule=month&life=0.088");
  EXPECT_EQ(early.status, 503U);
  EXPECT_EQ(early.json()["said"]["code"], "release_not_over");
}

TEST_F(Figures, WhatIfShowsEachScheduleForEachBudgetAndRefusesTooLargeAOne) {
  november();
  const Json shown = get("?show=what_if&series=inflow").json();

  ASSERT_EQ(shown["lives"].size(), 4U);
  EXPECT_EQ(shown["cases"], 1);
  double wider = 1e9;
  for (const Json& life : shown["lives"]) {
    const Json quarter = life["plans"][0]["cadences"][0];
    EXPECT_EQ(quarter["cadence"], "quarter");
    EXPECT_LT(quarter["tables"][0]["half_width"].get<double>(), wider);
    wider = quarter["tables"][0]["half_width"];
  }
  EXPECT_EQ(get("?show=what_if&series=inflow&epsilon=3").json()["lives"].size(), 1U);
  EXPECT_EQ(get("?show=what_if&series=inflow&epsilon=9").json()["said"]["code"], "trends_too_much");
  EXPECT_EQ(get("?show=what_if&series=inflow&epsilon=many").json()["said"]["code"],
            "trends_no_number");
  EXPECT_EQ(get("?show=what_if&series=weather").status, 400U);
}

TEST_F(Figures, AreDrawnOnlyAfterASecondPersonSignedAndThenOnce) {
  november();
  EXPECT_EQ(draw().status, 409U) << "nobody has proposed it";
  ASSERT_EQ(propose().status, 200U);
  EXPECT_EQ(period("inflow", "2024-10")["state"], "proposed");
  EXPECT_EQ(period("inflow", "2024-10")["proposal"]["own"], true);
  EXPECT_EQ(period("inflow", "2024-10")["proposal"]["life"], "0.088");
  EXPECT_EQ(draw().status, 409U) << "nobody else has signed";

  colleague_signs();
  EXPECT_EQ(period("inflow", "2024-10")["state"], "signed");
  const Json first = draw().json();
  ASSERT_TRUE(first.contains("release")) << first;
  EXPECT_EQ(first["sequence"], 1);
  EXPECT_EQ(draw().json()["release"], first["release"]);
  EXPECT_EQ(period("inflow", "2024-10")["release"], first["release"]);
  const Json year = overview()["years"][0]["terms"]["inflow"];
  EXPECT_EQ(year["schedule"], "month");
  EXPECT_EQ(year["fixed"], true);
}

TEST_F(Figures, WhatWasReleasedIsReadBackAndTakenOutAsItWasPublished) {
  november();
  ASSERT_EQ(propose().status, 200U);
  colleague_signs();
  const std::string release = draw().json().at("release");
  const Json shown = get("?show=release&release=" + release).json();

  EXPECT_EQ(shown["period"], "2024-10");
  EXPECT_EQ(shown["receipts"], Json::array());
  ASSERT_EQ(shown["tables"][1]["dimensions"], Json::array({"form"}));
  EXPECT_EQ(shown["tables"][0]["cells"].size(), 1U) << "the total";
  EXPECT_EQ(shown["tables"][1]["cells"].size(), 5U);
  const Json cell = shown["tables"][1]["cells"][0];
  EXPECT_LT(cell["lower"].get<double>(), cell["estimate"].get<double>());

  const Json files = deed({{"deed", "take_figures"}, {"release", release}}).json().at("files");
  ASSERT_EQ(files.size(), 3U);
  const Json document = Json::parse(files[0]["content"].get<std::string>());
  EXPECT_EQ(document["version"], "2.0");
  EXPECT_EQ(document["extension"]["sequence"], 1);
  EXPECT_EQ(files[1]["name"], "meldpunt-inflow-2024-10.sdmx.csv");
  EXPECT_NE(files[2]["content"].get<std::string>().find("Sexual exploitation"), std::string::npos);
  EXPECT_EQ(get("?show=release&release=00").status, 404U);

  const Json sheet = get("?show=year&year=2024").json();
  ASSERT_EQ(sheet["series"].size(), 1U);
  EXPECT_EQ(sheet["series"][0]["periods"], Json::array({"2024-10"}));
  EXPECT_EQ(get("?show=year&year=2024-10").status, 400U);
}

TEST_F(Figures, AreNotSentWithoutAReceiverAndStayWhereTheyAre) {
  november();
  ASSERT_EQ(propose().status, 200U);
  colleague_signs();
  const std::string release = draw().json().at("release");

  const auto sent = deed({{"deed", "send_figures"}, {"release", release}});
  EXPECT_EQ(sent.status, 500U);
  EXPECT_EQ(sent.json()["said"]["code"], "release_no_receiver");
  EXPECT_EQ(period("inflow", "2024-10")["state"], "released");
}

TEST_F(Figures, BlindSpotsAreOfTheRegionAndSayWhatNeverReported) {
  office_.send(
      office_.report(0x20, 2, {{"municipality_found", {"GM0193"}}, {"reporter", {"POLICE.PCT"}}}));
  office_.round("steward");
  start();
  const auto silence = [this](const char* list, const std::string& code) {
    const Json spots = get("?show=blind").json();
    for (const Json& spot : spots[list]) {
      if (spot["code"] == code) return spot["silent"].get<std::string>();
    }
    return std::string("not there");
  };
  EXPECT_EQ(silence("municipalities", "GM0193"), "");
  EXPECT_EQ(silence("municipalities", "GM0150"), "never");
  EXPECT_EQ(silence("municipalities", "OUT"), "not there");
  EXPECT_EQ(silence("reporters", "POLICE"), "") << "its team has reported";
  EXPECT_EQ(silence("reporters", "SCHOOL"), "never");
  clock_.pass(std::chrono::hours(24 * 400));
  EXPECT_EQ(unlock().status, 200U);
  EXPECT_EQ(silence("municipalities", "GM0193"), "year");
}

TEST(RhoFor, IsTheLargestThatImpliesNoMoreThanThatEpsilon) {
  for (const trends::Billionths epsilon : {500'000'000U, 1'000'000'000U, 2'000'000'000U}) {
    const trends::Billionths rho = rho_for(epsilon);
    EXPECT_LE(trends::epsilon_at_delta(rho), epsilon);
    EXPECT_GT(trends::epsilon_at_delta(rho + 1), epsilon);
  }
  EXPECT_GT(rho_for(9'000'000'000), trends::life_budget_max);
}

}  // namespace
}  // namespace meldpunt::console::test
