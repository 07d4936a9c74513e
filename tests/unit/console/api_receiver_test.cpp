// A receiver's console: the figures that came, and nothing of a region's staff.
#include <gtest/gtest.h>

#include "tests/support/receiving_end.h"
#include "tests/unit/console/a_console.h"

namespace meldpunt::console {

namespace {

using client::test::published;
using client::test::release_of;
using Json = nlohmann::json;

class AReceiversConsole : public test::AConsole {
 public:
  AReceiversConsole() = default;
  AReceiversConsole(const AReceiversConsole&) = delete;
  AReceiversConsole& operator=(const AReceiversConsole&) = delete;
  ~AReceiversConsole() override {
    if (console_) console_->stop();  // its thread reads what goes before the base's members do
  }

 protected:
  void begin() {
    ConsoleSettings settings;
    settings.desk.sync_every = settings.desk.after_failure = std::chrono::hours(1);
    console_ = std::make_unique<Console>(far_.home(), now_,
                                         Document{"<p>the page</p>", "the policy"}, settings);
    client::test::must(console_->start());
    page_ = opened();
  }
  void take(std::uint32_t sequence, const std::string& period) {
    (void)far_.take(release_of(published("a region", sequence, period)));
  }
  Json figures() { return page_->get("/api/figures").json(); }
  test::Got save(const std::string& form, const std::string& region = {}) {
    return deed({{"deed", "take_figures"},
                 {"series", "inflow"},
                 {"year", "2024"},
                 {"region", region},
                 {"form", form}});
  }

  test::MovedClock now_{std::chrono::hours(crypto::test::this_hour)};
  client::test::ReceivingEnd far_{now_};
};

}  // namespace

TEST_F(AReceiversConsole, ShowsWhatCameWithEveryTableOfEachRegionAndOfAll) {
  take(1, "2024-Q1");
  begin();
  EXPECT_EQ(state()["device"]["role"], "receiver");
  EXPECT_EQ(state()["device"]["name"], "comensha");
  const Json shown = figures();

  ASSERT_EQ(shown["regions"].size(), 2U);
  EXPECT_TRUE(shown["regions"].at(1)["releases"].empty()) << "nothing of the other region";
  const Json& came = shown["regions"].at(0);
  EXPECT_EQ(came["name"], "IJsselland");
  EXPECT_EQ(came["releases"].at(0)["outcome"], "kept");
  EXPECT_EQ(came["releases"].at(0)["period"], "2024-Q1");
  const Json& inflow = shown["series"].at(0);
  EXPECT_EQ(inflow["name"], "inflow");
  EXPECT_EQ(inflow["label"]["nl"], "Geopende zaken");
  EXPECT_EQ(inflow["dimensions"].at(0)["codes"].at(0)["label"]["nl"], "Seksuele uitbuiting");
  const auto& tables = published("", 1, "2024-Q1").tables;
  ASSERT_EQ(inflow["tables"].size(), 2 * tables.size()) << "the region's, and those of all";
  const Json& first = inflow["tables"].at(0);
  EXPECT_EQ(first["region"], "IJsselland");
  EXPECT_EQ(first["cells"].at(0).size(), 3U);
  EXPECT_EQ(inflow["tables"].back()["region"], "");
  EXPECT_EQ(inflow["tables"].back()["regions"], Json::array({"IJsselland"}));
}

TEST_F(AReceiversConsole, ShowsWhatComesWhileItIsOpen) {
  begin();
  EXPECT_TRUE(figures()["series"].at(0)["tables"].empty());
  const std::uint64_t before = state()["version"];
  take(1, "2024-Q1");
  EXPECT_EQ(deed({{"deed", "sync"}}).status, 200U);
  EXPECT_GT(state()["version"].get<std::uint64_t>(), before);
  EXPECT_FALSE(figures()["series"].at(0)["tables"].empty());
}

TEST_F(AReceiversConsole, SaysOfARefusalWhy) {
  take(1, "2024-Q1");
  take(2, "2024-Q1");
  begin();
  const Json refused = figures()["regions"].at(0)["releases"].at(1);
  EXPECT_EQ(refused["outcome"], "conflict");
  EXPECT_EQ(refused["reason"], "other figures are kept already: number 1, 2024-Q1");
  EXPECT_EQ(refused["said"]["code"], "received_other");
}

TEST_F(AReceiversConsole, HandsFiguresOnInThreeForms) {
  take(1, "2024-Q1");
  begin();
  const Json file = save("json").json()["files"].at(0);
  EXPECT_EQ(file["name"], "inflow-2024-all-regions.json");
  const auto read = trends::read_json_stat(file["content"].get<std::string>());
  ASSERT_TRUE(read.publication) << read.reason;
  EXPECT_EQ(read.publication->region, "all regions");
  EXPECT_EQ(save("sdmx", "IJsselland").json()["files"].at(0)["name"],
            "inflow-2024-ijsselland.sdmx.csv");
  EXPECT_EQ(save("csv").status, 200U);
  EXPECT_EQ(save("xls").status, 400U);
  EXPECT_EQ(save("csv", "Elsewhere").status, 404U);
}

TEST_F(AReceiversConsole, HasNoPathAndNoDeedOfTheStaff) {
  begin();
  for (const char* path : {"/api/cases", "/api/case?id=00", "/api/approvals", "/api/inbox",
                           "/api/statistics", "/api/search?q=a", "/api/audit", "/api/knowledge"}) {
    EXPECT_EQ(page_->get(path).status, 404U) << path;
  }
  for (const char* name : {"reply", "countersign", "inbox_answer", "take_paper", "next"}) {
    EXPECT_EQ(deed({{"deed", name}}).status, 400U) << name;
  }
}

TEST_F(AReceiversConsole, LocksAndOpensWithTheReceiversPassphrase) {
  begin();
  EXPECT_EQ(page_->post("/api/lock", Json::object()).status, 200U);
  EXPECT_EQ(page_->get("/api/figures").status, 423U);
  EXPECT_EQ(page_->post("/api/unlock", {{"passphrase", "wrong"}}).status, 403U);
  EXPECT_EQ(unlock().status, 200U);
  EXPECT_EQ(page_->get("/api/figures").status, 200U);
}

TEST_F(AReceiversConsole, IsNotWhatACoordinatorHas) {
  start();
  EXPECT_EQ(page_->get("/api/figures").status, 404U);
  EXPECT_EQ(deed({{"deed", "take_figures"}}).status, 400U);
}

}  // namespace meldpunt::console
