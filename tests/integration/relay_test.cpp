// A relay of another organisation, on a machine of its own: who asks from where, and for which
// mailbox, is never in one place.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "client/lib/notice_source.h"
#include "client/lib/transport/sealed_exchange.h"
#include "crypto/secret.h"
#include "tests/integration/a_region.h"
#include "tests/support/namespaces.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

//   visitor 10.231.1.1 --- 10.231.1.2 relay 10.231.2.1 --- 10.231.2.2 server
const Namespaces::End visitor{"visitor", "10.231.1.1"};
const Namespaces::End relay_front{"relay", "10.231.1.2"};
const Namespaces::End relay_back{"relay", "10.231.2.1"};
const Namespaces::End server{"server", "10.231.2.2"};

const std::string visitor_bytes("\x0a\xe7\x01\x01", 4);
const std::string relay_bytes("\x0a\xe7\x02\x01", 4);

std::string text_of(const crypto::Frame& frame) { return {frame.begin(), frame.end()}; }

// Containers without the right to make namespaces exist: ctest then shows this program as left out.
[[noreturn]] void leave_out(const std::string& why) {
  std::fprintf(stderr, "left out: %s\n", why.c_str());
  std::exit(77);
}

class TheRelay : public testing::Test {
 protected:
  void SetUp() override {
    const std::string obstacle = Namespaces::obstacle();
    if (!obstacle.empty()) leave_out(obstacle);
    machines_ = std::make_unique<Namespaces>(
        std::vector{visitor.machine, relay_front.machine, server.machine});
    machines_->connect(visitor, relay_front);
    machines_->connect(relay_back, server);
    {
      const Namespaces::Stay at_the_server(*machines_, server.machine);
      region_ = std::make_unique<ARegion>();
      pin_ = crypto::trust_pin(crypto::as_bytes(read_text(region_->pin()))).value();
      const std::string place = "tcp://" + server.address + ":7710";
      door_ = std::make_unique<Child>(
          Command{MELDPUNT_GATEWAY_PROGRAM, "--listen", place, "--daemon",
                  region_->reporters_socket(), "--burst", "100000", "--metrics-port", "0"},
          folder_ / "door.log");
    }
    relay_ = std::make_unique<Child>(
        machines_->on(
            relay_front.machine,
            {MELDPUNT_GATEWAY_PROGRAM, "--listen", "none", "--http-listen",
             "tcp://" + relay_front.address + ":7780", "--daemon",
             "tcp://" + server.address + ":7710", "--pin", region_->pin(), "--metrics-port", "0"}),
        folder_ / "relay.log");
    before_ = std::make_unique<Recorder>(*machines_, relay_front.machine, visitor.machine);
    behind_ = std::make_unique<Recorder>(*machines_, relay_front.machine, server.machine);
  }

  // What the visitor gets for a frame; empty when there was no 200 with one.
  std::string post(const crypto::Frame& frame) {
    write_text(folder_ / "question", text_of(frame));
    const Finished curl =
        run(machines_->on(visitor.machine, {"curl", "--silent", "--fail", "--data-binary",
                                            "@" + (folder_ / "question").string(), "--output",
                                            folder_ / "answer", "http://10.231.1.2:7780/"}));
    return curl.status == 0 ? read_text(folder_ / "answer") : std::string();
  }

  std::string logs() const {
    return read_text(folder_ / "relay.log") + read_text(folder_ / "door.log") + region_->log() +
           read_text(region_->folder() / "reporters.log");
  }

  const Folder folder_;
  std::unique_ptr<Namespaces> machines_;
  std::unique_ptr<ARegion> region_;
  crypto::Pin pin_;
  std::unique_ptr<Child> door_;
  std::unique_ptr<Child> relay_;
  std::unique_ptr<Recorder> before_;
  std::unique_ptr<Recorder> behind_;
};

TEST_F(TheRelay, NeverHasAVisitorsAddressAndAMailboxInOnePlace) {
  crypto::Frame frame{};
  const client::SystemClock clock;
  client::NoticeSource source(pin_, clock);
  await("the notice", [&] {
    crypto::ask_for_notice(frame);
    const std::string answer = post(frame);
    if (answer.size() != frame.size()) return false;
    std::copy(answer.begin(), answer.end(), frame.begin());
    return source.take(frame).has_value();
  });
  crypto::Get get;
  get.kind = crypto::MailboxKind::address;
  get.name = crypto::random_id<crypto::Address>().bytes;
  const auto request =
      client::SealedRequest::seal(get, source.notice()->digest, pin_.region).value();

  const std::string answer = post(request.frame());

  ASSERT_EQ(answer.size(), frame.size());
  std::copy(answer.begin(), answer.end(), frame.begin());
  const auto response = request.open(frame);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, crypto::Status::nothing);

  // Half of the name is enough, and cannot lie across two packets with both halves.
  const std::string name(get.name.begin(), get.name.end());
  for (const std::string& half : {name.substr(0, 16), name.substr(16)}) {
    EXPECT_FALSE(before_->heard(half));
    EXPECT_FALSE(behind_->heard(half));
    EXPECT_EQ(logs().find(half), std::string::npos);
  }
  EXPECT_TRUE(before_->heard(visitor_bytes));
  EXPECT_TRUE(behind_->heard(relay_bytes));
  EXPECT_FALSE(behind_->heard(visitor_bytes));
  EXPECT_FALSE(behind_->heard(visitor.address));
  EXPECT_EQ(logs().find(visitor.address), std::string::npos) << logs();
}

TEST_F(TheRelay, IsRecordedWellEnoughThatAMailboxInClearWouldBeFound) {
  crypto::Frame careless{};
  const std::string mark = "a mailbox, for all to read";
  for (std::size_t at = 4; at + mark.size() < careless.size(); at += mark.size()) {
    std::copy(mark.begin(), mark.end(), careless.begin() + static_cast<std::ptrdiff_t>(at));
  }
  careless[0] = 1;
  await(
      "an answer", [&] { return post(careless).size() == careless.size(); }, 40s);

  EXPECT_TRUE(before_->heard(mark));
  EXPECT_FALSE(behind_->heard(mark));  // there it is inside CURVE
  EXPECT_GT(behind_->size(), 2 * careless.size());
}

}  // namespace
}  // namespace meldpunt::tests
