#include "client/console/local_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/unit/console/a_browser.h"

namespace meldpunt::console {

namespace {

using std::chrono::milliseconds;
using test::ABrowser;
using test::Got;

// Answers with the body it got, and counts.
class AServer : public testing::Test {
 protected:
  explicit AServer(const ServerLimits& limits = {}) : server_(limits) {
    server_.start([this](Request request, Answer answer) {
      ++served_;
      answer({200, request.head.path + "|" + request.head.query + "|" + request.body});
    });
  }
  ~AServer() override { server_.stop(); }

  ABrowser browser() { return ABrowser(server_.port()); }

  LocalServer server_;
  std::atomic<int> served_ = 0;
};

ServerLimits small_limits() {
  ServerLimits limits;
  limits.connections = 3;
  limits.head_time = milliseconds(400);
  limits.body_time = milliseconds(400);
  return limits;
}
class AServerOfSmallLimits : public AServer {
 protected:
  AServerOfSmallLimits() : AServer(small_limits()) {}

  // Ended without an answer, and long before the times of every day are over.
  static bool is_ended(ABrowser& page) {
    const auto before = std::chrono::steady_clock::now();
    const bool ended = page.read().status == 0;
    return ended && std::chrono::steady_clock::now() - before < std::chrono::seconds(8);
  }
};

}  // namespace

TEST_F(AServer, AnswersOneRequestAfterTheOtherOnOneConnection) {
  auto page = browser();
  EXPECT_EQ(page.get("/api/cases?view=new").body, "/api/cases|view=new|");
  EXPECT_EQ(page.post("/api/deed", {{"deed", "sync"}}).body, R"(/api/deed||{"deed":"sync"})");
  EXPECT_EQ(page.get("/api/state").status, 200U);
  EXPECT_EQ(served_, 3);
}

TEST_F(AServer, SaysWithEachAnswerThatNothingMayKeepFrameOrLoadIt) {
  for (const char* path : {"/api/state", "/nowhere"}) {
    SCOPED_TRACE(path);
    auto headers = browser().get(path).headers;
    EXPECT_EQ(headers["Cache-Control"], "no-store");
    EXPECT_EQ(headers["Referrer-Policy"], "no-referrer");
    EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
    EXPECT_EQ(headers["X-Frame-Options"], "DENY");
    EXPECT_EQ(headers["Cross-Origin-Opener-Policy"], "same-origin");
    EXPECT_EQ(headers["Cross-Origin-Resource-Policy"], "same-origin");
    EXPECT_EQ(headers["Content-Security-Policy"], "default-src 'none'; frame-ancestors 'none'");
    EXPECT_FALSE(headers.contains("Set-Cookie"));
    EXPECT_FALSE(headers.contains("Server"));
    EXPECT_FALSE(headers.contains("Access-Control-Allow-Origin"));
  }
}

TEST_F(AServer, RefusesANameThatLeadsHere) {
  EXPECT_EQ(browser().get_as("/api/state", {{"Host", "evil.example"}}).status, 403U);
  EXPECT_EQ(browser().get_as("/", {{"Host", "localhost:" + std::to_string(server_.port())}}).status,
            403U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, RefusesOtherOrigins) {
  EXPECT_EQ(browser().post_as("/api/deed", "{}", {{"Origin", "http://evil.example"}}).status, 403U);
  EXPECT_EQ(browser().post_as("/api/deed", "{}", {{"Origin", "null"}}).status, 403U);
  EXPECT_EQ(browser().post_as("/api/deed", "{}", {{"Origin", ""}}).status, 403U);
  EXPECT_EQ(browser().post_as("/api/deed", "{}", {{"Sec-Fetch-Site", "cross-site"}}).status, 403U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, RefusesForms) {
  const auto form = browser().post_as("/api/deed", "deed=sync",
                                      {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(form.status, 415U);
  const auto plain =
      browser().post_as("/api/deed", R"({"deed":"sync"})", {{"Content-Type", "text/plain"}});
  EXPECT_EQ(plain.status, 415U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, RefusesAHostThatCameTwice) {
  auto page = browser();
  const auto got = page.raw("GET /api/state HTTP/1.1\r\nHost: " + page.place() +
                            "\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(got.status, 400U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, AnswersNoPreflight) {
  auto page = browser();
  auto headers = page.honest();
  headers["Origin"] = "http://evil.example";
  headers["Access-Control-Request-Method"] = "POST";
  EXPECT_EQ(page.send("OPTIONS", "/api/deed", headers, "").status, 405U);
}

TEST_F(AServer, RefusesAHeadThatIsTooLong) {
  EXPECT_EQ(browser().get_as("/api/state", {{"Cookie", std::string(9000, 'x')}}).status, 431U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, RefusesABodyThatIsTooLong) {
  const std::string body = "\"" + std::string(std::size_t{256} << 10U, 'x') + "\"";
  EXPECT_EQ(browser().post_as("/api/deed", body, {}).status, 413U);
  // The same without saying how long it is.
  auto page = browser();
  page.write("POST /api/deed HTTP/1.1\r\nHost: " + page.place() + "\r\nOrigin: http://" +
             page.place() +
             "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n40010\r\n" +
             std::string(0x40010, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(page.read().status, 413U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServer, TakesABodyAsLongAsAllowed) {
  const std::string body(std::size_t{256} << 10U, 'x');
  EXPECT_EQ(browser().post_as("/api/deed", body, {}).status, 200U);
}

TEST_F(AServer, RefusesWhatIsNoHttp) {
  EXPECT_EQ(browser().raw("hello\r\n\r\n").status, 400U);
  EXPECT_EQ(served_, 0);
}

TEST_F(AServerOfSmallLimits, EndsAConnectionWhoseHeadIsSlow) {
  auto page = browser();
  page.write("GET /api/state HTTP/1.1\r\nHost: ");
  EXPECT_TRUE(is_ended(page));
}

TEST_F(AServerOfSmallLimits, EndsAConnectionWhoseBodyIsSlow) {
  auto page = browser();
  page.write("POST /api/deed HTTP/1.1\r\nHost: " + page.place() + "\r\nOrigin: http://" +
             page.place() + "\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
  EXPECT_TRUE(is_ended(page));
  EXPECT_EQ(served_, 0);
}

TEST_F(AServerOfSmallLimits, QuietConnectionsGiveWayToNewOnes) {
  std::vector<std::unique_ptr<ABrowser>> quiet;
  for (int i = 0; i < 20; ++i) quiet.push_back(std::make_unique<ABrowser>(server_.port()));
  EXPECT_EQ(browser().get("/api/state").status, 200U);
}

TEST(LocalServer, AnswersFromAnotherThreadAndServesOthersMeanwhile) {
  LocalServer server;
  std::mutex mutex;
  std::vector<Answer> held;
  server.start([&](const Request& request, Answer answer) {
    if (request.head.path == "/api/state") return answer({200, "{}"});
    const std::lock_guard guard(mutex);
    held.push_back(std::move(answer));
  });
  Got late;
  std::thread waiting([&] { late = ABrowser(server.port()).get("/api/case"); });
  EXPECT_EQ(ABrowser(server.port()).get("/api/state").status, 200U);
  for (bool answered = false; !answered;) {
    const std::lock_guard guard(mutex);
    answered = !held.empty();
    for (const Answer& answer : held) answer({200, "late"});
  }
  waiting.join();
  EXPECT_EQ(late.body, "late");
  server.stop();
}

TEST(LocalServer, AFaultInOneRequestEndsThatOneAlone) {
  LocalServer server;
  server.start([](const Request& request, const Answer& answer) {
    if (request.head.path == "/api/case") throw std::runtime_error("a fault");
    answer({200, "{}"});
  });
  EXPECT_EQ(ABrowser(server.port()).get("/api/case").status, 500U);
  EXPECT_EQ(ABrowser(server.port()).get("/api/state").status, 200U);
  server.stop();
}

TEST(LocalServer, ListensOnLoopbackOnly) {
  LocalServer server;
  server.start([](const Request&, const Answer& answer) { answer({200, "{}"}); });
  boost::asio::io_context loop;
  boost::asio::ip::tcp::socket socket(loop);
  boost::system::error_code error;
  // Another address of this machine's own, which a listener on every address would answer at.
  socket.connect({boost::asio::ip::make_address("127.0.0.2"), server.port()}, error);
  EXPECT_TRUE(error);
  server.stop();
}

}  // namespace meldpunt::console
