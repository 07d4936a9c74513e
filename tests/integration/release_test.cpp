// Figures from a coordinator to the receiver, told with the programs that people run.
#include <gtest/gtest.h>
#include <sysexits.h>

#include <chrono>
#include <thread>

#include "tests/integration/a_region.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

// "2026-10" when it is November 2026.
std::string last_month() {
  const std::chrono::year_month_day today(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const auto month = std::chrono::year_month(today.year(), today.month()) - std::chrono::months(1);
  const unsigned number = static_cast<unsigned>(month.month());
  return std::to_string(static_cast<int>(month.year())) + (number < 10 ? "-0" : "-") +
         std::to_string(number);
}

class Trends : public testing::Test {
 protected:
  Trends() : port_(a_free_port()) {
    enrol("forwarder", "forwarder");
    enrol("comensha", "receiver");
    region_.enrol("deputy");
    EXPECT_EQ(client({"receiver", "region", "--pin", region_.pin()}, "comensha").status, 0);
    start_receiver();
    gateway_ = std::make_unique<Child>(
        Command{MELDPUNT_GATEWAY_PROGRAM, "--instance", "staff", "--listen",
                "tcp://127.0.0.1:" + std::to_string(port_), "--daemon",
                "ipc://" + (region_.folder() / "comensha/run/receive.sock").string(),
                "--metrics-port", "0"},
        region_.folder() / "trends-gateway.log");
    await("the receiver's gateway", [&] { return listens(port_); });
  }

  Finished client(Command words, const std::string& home) const {
    words.insert(words.begin(), MELDPUNT_CLIENT_PROGRAM);
    const Command rest{"--home", region_.folder() / home, "--passphrase-file",
                       region_.folder() / "passphrase", "--json"};
    words.insert(words.end(), rest.begin(), rest.end());
    return run(words);
  }
  void enrol(const std::string& home, const std::string& role) {
    ASSERT_EQ(client({"device", "init", "--pin", region_.pin(), "--name", home}, home).status, 0);
    const auto enrolled = region_.staff(
        "steward enrol", {"--enrolment", region_.folder() / home / "enrolment", "--role", role},
        "steward", "yes\n");
    ASSERT_EQ(enrolled.status, 0) << enrolled.output;
  }
  // A month's figures, proposed by the steward and signed by the deputy.
  void agree(const std::string& month) const {
    const auto proposed =
        region_.staff("release", {"--period", month, "--schedule", "month", "--propose"});
    ASSERT_EQ(proposed.status, 0) << proposed.output;
    const auto signing = region_.staff("countersign", {"--yes"}, "deputy");
    ASSERT_EQ(signing.status, 0) << signing.output;
    ASSERT_EQ(signing.event("countersigned").at("signed"), 1) << signing.output;
  }
  void start_receiver() {
    receiver_ = std::make_unique<Child>(
        Command{MELDPUNT_CLIENT_PROGRAM, "receive", "--home", region_.folder() / "comensha",
                "--passphrase-file", region_.folder() / "passphrase", "--remark", "thank you"},
        region_.folder() / "receive.log");
    await("the receiver", [&] {
      return read_text(region_.folder() / "receive.log").find("Receiving") != std::string::npos;
    });
  }
  std::unique_ptr<Child> start_forwarder() const {
    return std::make_unique<Child>(
        Command{MELDPUNT_CLIENT_PROGRAM, "forward", "--home", region_.folder() / "forwarder",
                "--passphrase-file", region_.folder() / "passphrase", "--to",
                "tcp://127.0.0.1:" + std::to_string(port_), "--look-every", "200", "--timeout",
                "2"},
        region_.folder() / "forward.log");
  }
  [[nodiscard]] std::string received() const {
    return run({MELDPUNT_CLIENT_PROGRAM, "received", "--home", region_.folder() / "comensha",
                "--json"})
        .output;
  }
  [[nodiscard]] bool receipt_seen() {
    region_.duty_once();
    return region_.staff("release", {"--list"}).output.find("thank you") != std::string::npos;
  }

  ARegion region_;
  int port_;
  std::unique_ptr<Child> receiver_;
  std::unique_ptr<Child> gateway_;
};

TEST_F(Trends, AReleaseTravelsThroughTheGatewayAndItsReceiptComesBack) {
  const std::string month = last_month();
  const auto preview =
      region_.staff("release", {"--period", month, "--schedule", "month", "--dry-run"});
  ASSERT_EQ(preview.status, 0) << preview.output;
  EXPECT_FALSE(preview.event("preview").at("tables").empty());
  EXPECT_TRUE(preview.event("figures").is_null());
  EXPECT_EQ(region_.staff("release", {"--period", month}).status, EX_NOPERM) << "nobody signed";
  agree(month);
  EXPECT_EQ(region_.staff("release", {"--list"}).event("proposed").at("signed"), true);

  const auto released = region_.staff("release", {"--period", month});
  ASSERT_EQ(released.status, 0) << released.output;
  const auto again = region_.staff("release", {"--period", month});
  EXPECT_EQ(released.event("figures"), again.event("figures")) << "drawn once";
  const auto forwarder = start_forwarder();

  await(
      "the receipt", [&] { return receipt_seen(); }, 60s);
  const auto list = received();
  EXPECT_NE(list.find("\"period\":\"" + month + "\""), std::string::npos) << list;
  EXPECT_EQ(list.find("\"outcome\":\"conflict\""), std::string::npos) << list;
  const auto folder = region_.folder() / "exported";
  const auto exported = run({MELDPUNT_CLIENT_PROGRAM, "received", "--home",
                             region_.folder() / "comensha", "--export", folder});
  ASSERT_EQ(exported.status, 0) << exported.output;
  const std::string year = month.substr(0, 4);
  for (const char* ending : {".json", ".sdmx.csv", ".csv"}) {
    EXPECT_NE(read_text(folder / ("inflow-" + year + "-all-regions" + ending)).find(month),
              std::string::npos)
        << ending;
  }
}

// kill -9 of forwarder and receiver at random moments: it arrives once.
TEST_F(Trends, KilledAgainAndAgainForwarderAndReceiverBringItOnce) {
  agree(last_month());
  ASSERT_EQ(region_.staff("release", {"--period", last_month()}).status, 0);
  for (int round = 0; round < 6; ++round) {
    const auto forwarder = start_forwarder();
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 170 * round));
    if (round % 2 == 0) {
      receiver_->kill();
      std::filesystem::remove(region_.folder() / "receive.log");
      start_receiver();
    }
    forwarder->kill();
  }
  // What a killed one had taken is free again after two minutes, or when the daemon starts.
  region_.start_daemon();
  region_.start_gateways();
  const auto forwarder = start_forwarder();

  await(
      "the receipt", [&] { return receipt_seen(); }, 60s);
  const auto list = received();
  EXPECT_NE(list.find("\"outcome\":\"kept\""), std::string::npos) << list;
  EXPECT_EQ(list.find("\"outcome\":\"kept\""), list.rfind("\"outcome\":\"kept\"")) << list;
}

TEST_F(Trends, AForwarderAndAReceiverEndWithinFiveSecondsWhenTheyAreTold) {
  const auto forwarder = start_forwarder();
  std::this_thread::sleep_for(1s);
  EXPECT_TRUE(forwarder->ends_politely(5s));
  EXPECT_TRUE(receiver_->ends_politely(5s));
}

}  // namespace
}  // namespace meldpunt::tests
