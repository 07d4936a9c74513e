// The gateway in this process, with sockets but without a daemon's protocol: what stands in for the
// daemon here only accepts and speaks raw bytes.
#include "server/gateway/gateway.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>  // before Boost 1.74's Asio, which forgets it
#include <vector>

#include "server/gateway/metrics_page.h"
#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

const Bytes a_signature{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f};

Time the_clock{};
Time the_time() { return the_clock; }

// A socket closed at the end of its scope.
class Socket {
 public:
  explicit Socket(int socket) : socket_(socket) {}
  Socket(Socket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (socket_ >= 0) close(socket_);
  }
  int get() const { return socket_; }

 private:
  int socket_;
};

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() {
    the_clock = std::chrono::steady_clock::now();
    std::string folder = std::filesystem::temp_directory_path() / "meldpunt-gateway-XXXXXX";
    folder_ = mkdtemp(folder.data());
    settings_ = *settings_from({{"listen", "unix://" + folder_ + "/public.sock"},
                                {"listen-proxied", "unix://" + folder_ + "/onion.sock"},
                                {"daemon", "ipc://" + folder_ + "/daemon.sock"},
                                {"connections", "4"},
                                {"dial-burst", "2"},
                                {"dial-interval-ms", "60000"}});
  }
  ~GatewayTest() override {
    gateway_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open_gateway() {
    gateway_ = std::make_unique<Gateway>(loop_, settings_, the_time);
    gateway_->start();
  }
  void open_daemon() { daemon_ = listen_at(UnixPlace{folder_ + "/daemon.sock"}, 32768); }

  Socket connect(const char* name) { return Socket(dial(folder_ + '/' + name, 32768).socket); }
  Socket daemon_side() { return Socket(accept(daemon_, nullptr, nullptr)); }

  // Runs the gateway until the condition holds or a second has passed.
  bool runs_until(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + 1s;
    while (!condition() && std::chrono::steady_clock::now() < until) loop_.run_for(2ms);
    return condition();
  }
  std::uint64_t ended(Ending ending) {
    return gateway_->counters().ended[static_cast<std::size_t>(ending)];
  }
  bool ends(Ending ending) {
    return runs_until([&] { return ended(ending) == 1; });
  }

  std::string folder_;
  Settings settings_;
  boost::asio::io_context loop_;
  std::unique_ptr<Gateway> gateway_;
  int daemon_ = -1;
};

TEST_F(GatewayTest, DialsTheDaemonOnlyAfterAGreeting) {
  open_daemon();
  open_gateway();
  const Socket client = connect("public.sock");
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().connections == 1; }));
  EXPECT_EQ(gateway_->counters().dials, 0U);

  send(client.get(), a_signature);

  ASSERT_TRUE(runs_until([&] { return gateway_->counters().dials == 1; }));
  const Socket daemon = daemon_side();
  Bytes bytes(100);
  bytes.resize(receive(daemon.get(), bytes).bytes);
  EXPECT_EQ(bytes, a_signature);
}

TEST_F(GatewayTest, CutsAWrongGreetingBeforeTheDaemonHearsOfIt) {
  open_gateway();
  const Socket client = connect("public.sock");
  send(client.get(), Bytes{'G', 'E', 'T'});

  EXPECT_TRUE(ends(Ending::greeting));
  EXPECT_EQ(gateway_->counters().dials + gateway_->counters().dial_failures, 0U);
}

TEST_F(GatewayTest, NeedsAProxyHeaderWhereTheOptionSaysSo) {
  open_daemon();
  open_gateway();
  const Socket without = connect("onion.sock");
  send(without.get(), a_signature);
  EXPECT_TRUE(ends(Ending::proxy_header));

  const Socket with = connect("onion.sock");
  const std::string line = "PROXY TCP6 fc00:dead:beef:4dad::0:29 ::1 65535 42\r\n";
  send(with.get(), Bytes(line.begin(), line.end()));
  send(with.get(), a_signature);
  EXPECT_TRUE(runs_until([&] { return gateway_->counters().dials == 1; }));
}

TEST_F(GatewayTest, CutsWhoGreetsTooSlowly) {
  open_gateway();
  const Socket client = connect("public.sock");
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().connections == 1; }));

  the_clock += 10s + 1ms;

  EXPECT_TRUE(ends(Ending::handshake_slow));
}

TEST_F(GatewayTest, KeepsDiallingADaemonThatIsAway) {
  open_gateway();
  const Socket client = connect("public.sock");
  send(client.get(), a_signature);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().dial_failures > 1; }));

  open_daemon();

  EXPECT_TRUE(runs_until([&] { return gateway_->counters().dials == 1; }));
}

TEST_F(GatewayTest, GivesUpOnADaemonThatStaysAway) {
  open_gateway();
  const Socket client = connect("public.sock");
  send(client.get(), a_signature);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().dial_failures > 0; }));

  the_clock += 10s + 1ms;

  EXPECT_TRUE(ends(Ending::daemon_away));
}

TEST_F(GatewayTest, ClosesTheClientWhenTheDaemonLeaves) {
  open_daemon();
  open_gateway();
  const Socket client = connect("public.sock");
  send(client.get(), a_signature);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().dials == 1; }));

  { const Socket daemon = daemon_side(); }

  EXPECT_TRUE(ends(Ending::daemon_left));
  EXPECT_TRUE(peer_has_left(client.get()));
}

TEST_F(GatewayTest, MakesStrangersWaitForTheirTurn) {
  open_daemon();
  open_gateway();
  std::vector<Socket> clients;
  for (int count = 0; count < 3; ++count) {
    clients.push_back(connect("public.sock"));
    send(clients.back().get(), a_signature);
  }

  ASSERT_TRUE(runs_until([&] { return gateway_->counters().waiting == 1; }));
  EXPECT_EQ(gateway_->counters().dials, 2U);
}

TEST_F(GatewayTest, SendsTheOldestUnfinishedAwayAtTheCap) {
  open_gateway();
  std::vector<Socket> clients;
  for (int count = 0; count < 5; ++count) clients.push_back(connect("public.sock"));

  EXPECT_TRUE(ends(Ending::crowded_out));
  EXPECT_EQ(gateway_->counters().connections, 4U);
  EXPECT_TRUE(peer_has_left(clients[0].get()));
  EXPECT_FALSE(peer_has_left(clients[1].get()));
}

TEST_F(GatewayTest, PausesWhenDescriptorsRunOutAndGoesOn) {
  open_gateway();
  const Socket client = connect("public.sock");
  std::vector<Socket> taken;
  rlimit whole{};
  getrlimit(RLIMIT_NOFILE, &whole);
  rlimit few = whole;
  few.rlim_cur = 64;
  setrlimit(RLIMIT_NOFILE, &few);
  while (true) {
    const int descriptor = ::dup(0);
    if (descriptor < 0) break;
    taken.emplace_back(descriptor);
  }

  EXPECT_TRUE(runs_until([&] { return gateway_->counters().accept_pauses > 0; }));
  taken.clear();
  setrlimit(RLIMIT_NOFILE, &whole);
  EXPECT_TRUE(runs_until([&] { return gateway_->counters().connections == 1; }));
}

TEST_F(GatewayTest, StopsWithStrangersInside) {
  open_daemon();
  open_gateway();
  const Socket mute = connect("public.sock");
  const Socket greeted = connect("public.sock");
  send(greeted.get(), a_signature);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().dials == 1; }));

  gateway_->stop();

  EXPECT_TRUE(runs_until([&] { return gateway_->counters().connections == 0; }));
  EXPECT_TRUE(runs_until([&] { return loop_.stopped(); }));
}

TEST_F(GatewayTest, RefusesAPlaceThatIsTaken) {
  open_gateway();

  EXPECT_THROW(Gateway(loop_, settings_, the_time), std::system_error);
}

TEST_F(GatewayTest, ShowsItsCountersToPrometheus) {
  MetricsPage page(loop_, 0, [] { return as_text(Counters{}); });
  page.start();
  boost::asio::ip::tcp::socket visitor(loop_);
  visitor.connect({boost::asio::ip::address_v4::loopback(), page.port()});
  visitor.send(boost::asio::buffer("GET /metrics HTTP/1.1\r\n\r\n", 25));
  std::array<char, 8192> text{};
  std::size_t size = 0;
  runs_until([&] {
    boost::system::error_code error;
    if (visitor.available() > 0) {
      size += visitor.read_some(boost::asio::buffer(text.data() + size, text.size() - size), error);
    }
    return std::string(text.data(), size).find("\"fault\"} 0") != std::string::npos;
  });

  const std::string shown(text.data(), size);
  EXPECT_TRUE(shown.starts_with("HTTP/1.1 200"));
  EXPECT_NE(shown.find("meldpunt_gateway_ended_total{reason=\"greeting\"} 0\n"), std::string::npos);
}

}  // namespace
}  // namespace meldpunt::gateway
