// The web half of the gateway in this process, with a raw TCP client before it and a stand-in for
// the daemon behind it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <vector>

#include "crypto/secret.h"
#include "server/gateway/gateway.h"
#include "tests/unit/gateway/browser.h"
#include "tests/unit/gateway/standing_daemon.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;
using crypto::Frame;
using test::Browser;
using test::StandingDaemon;
using test::WebResponse;

Time the_clock{};
Time the_time() { return the_clock; }
constexpr std::uint64_t noon = std::uint64_t{crypto::test::today} * 86400 + 12 * 3600;
std::uint64_t the_wall = noon;
std::uint64_t wall_time() { return the_wall; }

void write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

Frame a_frame() {
  Frame frame{};
  crypto::fill_random(frame);
  frame[0] = 1;  // not the key id that asks for the notice
  return frame;
}

Frame a_question() {
  Frame frame{};
  crypto::ask_for_notice(frame);
  return frame;
}

std::string text_of(const Frame& frame) {
  return {reinterpret_cast<const char*>(frame.data()), frame.size()};
}

class Web : public testing::Test {
 protected:
  Web() {
    the_clock = std::chrono::steady_clock::now();
    the_wall = noon;
    std::string folder = std::filesystem::temp_directory_path() / "meldpunt-web-XXXXXX";
    folder_ = mkdtemp(folder.data());
    const auto pin = crypto::sign_pin(region_.pin, region_.root);
    write(folder_ / "pin", {reinterpret_cast<const char*>(pin.data()), pin.size()});
    std::filesystem::create_directory(folder_ / "page");
    write(folder_ / "page/page.html", std::string(200'000, 'p'));
    write(folder_ / "page/page.html.gz", std::string(70'000, 'g'));
    write(folder_ / "page/page.html.br", std::string(60'000, 'b'));
    write(folder_ / "page/page.headers",
          "Content-Security-Policy: default-src 'none'\nReferrer-Policy: no-referrer\n");
    options_ = {{"listen", "none"},
                {"http-listen", "unix://" + (folder_ / "web.sock").string()},
                {"http-listen-proxied", "unix://" + (folder_ / "onion.sock").string()},
                {"daemon", endpoint()},
                {"pin", folder_ / "pin"},
                {"page", folder_ / "page"},
                {"daemon-connections", "4"},
                {"burst", "1000"}};
  }
  ~Web() override {
    gateway_.reset();
    daemon_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string endpoint() const { return "ipc://" + (folder_ / "daemon.sock").string(); }

  void open_gateway() {
    const auto settings = settings_from(options_);
    ASSERT_TRUE(settings) << settings.error();
    auto site = read_site(*settings->web);
    ASSERT_TRUE(site) << site.error();
    gateway_ = std::make_unique<Gateway>(loop_, *settings, the_time, std::move(*site), wall_time);
    gateway_->start();
  }

  // Sends every frame back with its bits turned; gives the notice it holds.
  void open_daemon() {
    show(test::a_notice(1, noon, 600));
    daemon_ = std::make_unique<StandingDaemon>(endpoint(), [this](const Frame& question) {
      auto answer = std::make_unique<Frame>(question);
      if (crypto::key_id_of(question) == crypto::KeyId{}) {
        *answer = notice();
      } else {
        for (auto& byte : *answer) byte = static_cast<std::uint8_t>(~byte);
      }
      return answer;
    });
  }

  void show(const Frame& notice) {
    const std::lock_guard lock(mutex_);
    notice_ = notice;
  }
  Frame notice() {
    const std::lock_guard lock(mutex_);
    return notice_;
  }

  Browser browser(const char* name = "web.sock") { return Browser(folder_ / name); }

  // Runs the gateway until the condition holds or two seconds have passed.
  bool runs_until(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + 2s;
    while (!condition() && std::chrono::steady_clock::now() < until) loop_.run_for(2ms);
    return condition();
  }
  void run_for(std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) loop_.run_for(2ms);
  }
  WebResponse response(Browser& browser, bool without_body = false) {
    std::optional<WebResponse> found;
    runs_until([&] {
      if (!found) found = browser.response(without_body);
      return found.has_value();
    });
    return found.value_or(WebResponse{});
  }
  WebResponse ask(Browser& browser, std::string_view request, bool without_body = false) {
    browser.send(request);
    return response(browser, without_body);
  }
  WebResponse get(Browser& browser, const std::string& coding = "", const char* path = "/") {
    return ask(browser, std::string("GET ") + path + " HTTP/1.1\r\nHost: x\r\n" +
                            (coding.empty() ? "" : "Accept-Encoding: " + coding + "\r\n") + "\r\n");
  }
  WebResponse post(Browser& browser, const Frame& frame) {
    return ask(browser, test::post_of(frame));
  }
  bool closes(Browser& browser) {
    return runs_until([&] {
      browser.look();
      return browser.closed();
    });
  }
  bool ends(Ending ending, std::uint64_t times = 1) {
    return runs_until(
        [&] { return gateway_->counters().ended[static_cast<std::size_t>(ending)] == times; });
  }

  const crypto::test::FixedRegion region_;
  std::filesystem::path folder_;
  OptionValues options_;
  std::mutex mutex_;  // guards notice_
  Frame notice_{};
  boost::asio::io_context loop_;
  std::unique_ptr<StandingDaemon> daemon_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(Web, ServesThePageInTheSmallestCodingThatIsAccepted) {
  open_gateway();
  Browser visitor = browser();

  const auto plain = get(visitor);
  const auto gzip = get(visitor, "gzip, deflate");
  const auto brotli = get(visitor, "gzip, deflate, br");

  EXPECT_EQ(plain.status(), 200);
  EXPECT_TRUE(plain.body == std::string(200'000, 'p'));
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  EXPECT_EQ(gzip.body, std::string(70'000, 'g'));
  EXPECT_EQ(gzip.header("Content-Encoding"), "gzip");
  EXPECT_EQ(brotli.body, std::string(60'000, 'b'));
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(gateway_->counters().pages, 3U);
}

TEST_F(Web, SendsThePagesOwnHeadersAndKeepsNothing) {
  open_gateway();
  Browser visitor = browser();

  const auto page = get(visitor);

  EXPECT_EQ(page.header("Content-Security-Policy"), "default-src 'none'");
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(page.head.find("Referrer-Policy"), page.head.rfind("Referrer-Policy"));
}

TEST_F(Web, AnswersHeadWithTheHeadersAlone) {
  open_gateway();
  Browser visitor = browser();

  const auto head = ask(visitor, "HEAD / HTTP/1.1\r\n\r\n", true);
  const auto page = get(visitor);

  EXPECT_EQ(head.head, page.head);
  EXPECT_EQ(page.body.size(), 200'000U);
}

TEST_F(Web, FindsThePageUnderAnyQuery) {
  open_gateway();
  Browser visitor = browser();

  EXPECT_EQ(get(visitor, "", "/?from=elsewhere").status(), 200);
}

TEST_F(Web, AnswersEverythingElseWithTheSameNotFound) {
  open_gateway();
  Browser visitor = browser();

  const auto elsewhere = get(visitor, "", "/robots.txt");
  const auto deleted = ask(visitor, "DELETE / HTTP/1.1\r\n\r\n");
  const auto again = get(visitor);

  EXPECT_EQ(elsewhere.status(), 404);
  EXPECT_EQ(elsewhere.head + elsewhere.body, deleted.head + deleted.body);
  EXPECT_EQ(again.status(), 200);
}

TEST_F(Web, WithoutAPageOnlyFramesAreAnswered) {
  options_.erase("page");
  open_daemon();
  open_gateway();
  Browser visitor = browser();

  EXPECT_EQ(get(visitor).status(), 404);
  EXPECT_EQ(post(visitor, a_frame()).status(), 200);
}

TEST_F(Web, CarriesAFrameToTheDaemonAndItsAnswerBackByteForByte) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  const Frame question = a_frame();

  const auto answer = post(visitor, question);

  Frame expected = question;
  for (auto& byte : expected) byte = static_cast<std::uint8_t>(~byte);
  EXPECT_EQ(answer.status(), 200);
  EXPECT_TRUE(answer.body == text_of(expected));
  EXPECT_EQ(answer.header("Content-Type"), "application/octet-stream");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(Web, GivesEveryVisitorHisOwnAnswer) {
  open_daemon();
  open_gateway();
  std::vector<Browser> visitors;
  std::vector<Frame> questions;
  for (int count = 0; count < 20; ++count) {
    visitors.push_back(browser());
    questions.push_back(a_frame());
    visitors.back().send(test::post_of(questions.back()));
  }

  for (std::size_t at = 0; at < visitors.size(); ++at) {
    const auto answer = response(visitors[at]);
    ASSERT_EQ(answer.body.size(), crypto::frame_size) << at;
    EXPECT_EQ(static_cast<std::uint8_t>(answer.body[100]),
              static_cast<std::uint8_t>(~questions[at][100]));
  }
}

TEST_F(Web, ServesRequestsThatComeTogetherInTheirOrder) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();

  visitor.send(test::post_of(a_frame()) + "GET / HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\n");

  EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  EXPECT_EQ(response(visitor).body.size(), 200'000U);
  EXPECT_EQ(response(visitor).status(), 404);
}

TEST_F(Web, ClosesWhenItIsAskedTo) {
  open_gateway();
  Browser visitor = browser();

  const auto page = ask(visitor, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(page.header("Connection"), "close");
  EXPECT_TRUE(closes(visitor));
}

TEST_F(Web, RefusesWhatItCannotReadAndTellsNothing) {
  open_daemon();
  open_gateway();
  const std::string post = "POST / HTTP/1.1\r\n";
  const struct {
    const char* what;
    std::string request;
  } rows[] = {
      {"no length", post + "\r\n"},
      {"one byte less", post + "Content-Length: 16383\r\n\r\n" + std::string(16383, 'x')},
      {"one byte more", post + "Content-Length: 16385\r\n\r\n" + std::string(16385, 'x')},
      {"chunked", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"},
      {"two lengths", post + "Content-Length: 16384\r\nContent-Length: 5\r\n\r\n"},
      {"both", post + "Content-Length: 16384\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"a body with GET", "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"},
      {"a frame for another path", test::post_of(a_frame(), "/other")},
      {"no HTTP", "\x16\x03\x01 hello\r\n\r\n"},
      {"a head that is too long", "GET / HTTP/1.1\r\nX: " + std::string(9000, 'x')},
  };
  std::set<std::string> answers;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Browser visitor = browser();
    const auto answer = ask(visitor, row.request);
    EXPECT_EQ(answer.status(), 404);
    EXPECT_TRUE(closes(visitor));
    answers.insert(answer.head + answer.body);
  }

  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(daemon_->frames(), 0);
  EXPECT_TRUE(ends(Ending::request, std::size(rows)));
}

TEST_F(Web, CutsASilentVisitor) {
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().web_connections == 1; }));

  the_clock += 10s + 1ms;

  EXPECT_TRUE(ends(Ending::request_slow));
  EXPECT_TRUE(closes(visitor));
}

TEST_F(Web, CutsASlowHeadHoweverItTrickles) {
  open_gateway();
  Browser visitor = browser();
  visitor.send("GET / HTTP/1.1\r\n");
  for (int second = 0; second < 10; ++second) {
    visitor.send("X: y\r\n");
    run_for(5ms);
    the_clock += 1s;
  }
  the_clock += 1ms;

  EXPECT_TRUE(ends(Ending::request_slow));
}

TEST_F(Web, CutsASlowBody) {
  open_gateway();
  Browser visitor = browser();
  visitor.send(test::post_of(a_frame()).substr(0, 9000));
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().settled == 1; }));
  run_for(20ms);

  the_clock += 29s;
  run_for(60ms);
  visitor.look();
  EXPECT_FALSE(visitor.closed());
  the_clock += 2s;

  EXPECT_TRUE(ends(Ending::request_slow));
}

TEST_F(Web, CutsAnIdleVisitorAfterItsTime) {
  open_gateway();
  Browser visitor = browser();
  ASSERT_EQ(get(visitor).status(), 200);

  the_clock += 59s;
  run_for(60ms);
  EXPECT_EQ(get(visitor).status(), 200);
  the_clock += 60s + 1ms;

  EXPECT_TRUE(ends(Ending::idle));
}

TEST_F(Web, CutsWhoDoesNotTakeTheAnswer) {
  open_gateway();
  Browser visitor = browser();
  const std::string once = "GET / HTTP/1.1\r\n\r\n";
  visitor.send(once + once + once);
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().pages >= 2; }));
  run_for(20ms);

  the_clock += 30s + 1ms;

  EXPECT_TRUE(ends(Ending::slow_reader));
}

TEST_F(Web, MakesAGreedyVisitorWaitForItsTokens) {
  options_["burst"] = "2";
  open_gateway();
  Browser visitor = browser();
  ASSERT_EQ(get(visitor).status(), 200);
  ASSERT_EQ(get(visitor).status(), 200);

  visitor.send("GET / HTTP/1.1\r\n\r\n");
  run_for(120ms);
  EXPECT_FALSE(visitor.response());
  the_clock += 1s;

  EXPECT_EQ(response(visitor).status(), 200);
}

TEST_F(Web, SendsTheOldestUnservedVisitorAwayAtTheCap) {
  options_["web-connections"] = "3";
  open_gateway();
  std::vector<Browser> visitors;
  for (int count = 0; count < 4; ++count) visitors.push_back(browser());

  EXPECT_TRUE(ends(Ending::crowded_out));
  EXPECT_TRUE(closes(visitors[0]));
  EXPECT_EQ(gateway_->counters().web_connections, 3U);
  EXPECT_EQ(get(visitors[3]).status(), 200);
}

TEST_F(Web, NeedsAProxyHeaderWhereTheOptionSaysSo) {
  open_gateway();
  Browser without = browser("onion.sock");
  without.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(ends(Ending::proxy_header));

  Browser with = browser("onion.sock");
  const auto page = ask(with, "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\nGET / HTTP/1.1\r\n\r\n");

  EXPECT_EQ(page.status(), 200);
}

TEST_F(Web, AnswersAHundredVisitorsWithOneNoticeOfTheDaemon) {
  open_daemon();
  open_gateway();
  std::vector<Browser> visitors;
  for (int count = 0; count < 100; ++count) {
    visitors.push_back(browser());
    visitors.back().send(test::post_of(a_question()));
  }

  for (auto& visitor : visitors) EXPECT_TRUE(response(visitor).body == text_of(notice()));
  EXPECT_EQ(daemon_->notices(), 1);
  EXPECT_EQ(daemon_->frames(), 0);
}

TEST_F(Web, FetchesTheNextNoticeWhenTheTickHasTurned) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  the_wall = noon + 100;  // of 600
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));
  const std::string before = text_of(notice());

  the_clock += 499s;
  the_wall += 499;
  run_for(120ms);
  EXPECT_EQ(daemon_->notices(), 1);
  show(test::a_notice(2, noon + 600, 600));
  the_clock += 2s;
  the_wall += 2;

  EXPECT_TRUE(runs_until([&] { return daemon_->notices() == 2; }));
  run_for(20ms);
  Browser another = browser();
  EXPECT_TRUE(post(another, a_question()).body == text_of(notice()));
  EXPECT_FALSE(before == text_of(notice()));
}

TEST_F(Web, FetchesTheNoticeAgainWhenTheDaemonWasRestarted) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));

  daemon_->stop();
  show(test::a_notice(9, noon, 600));
  daemon_->start();

  ASSERT_TRUE(runs_until([&] { return daemon_->notices() == 2; }));
  run_for(20ms);
  EXPECT_TRUE(post(visitor, a_question()).body == text_of(notice()));
  EXPECT_EQ(daemon_->notices(), 2);
}

TEST_F(Web, ShowsNoOldNoticeWhileTheDaemonIsAway) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  ASSERT_TRUE(post(visitor, a_question()).body == text_of(notice()));

  daemon_->stop();
  run_for(300ms);
  visitor.send(test::post_of(a_question()));
  run_for(50ms);
  EXPECT_FALSE(visitor.response());
  the_clock += 15s + 1ms;

  const auto answer = response(visitor);
  EXPECT_EQ(answer.body.size(), crypto::frame_size);
  EXPECT_FALSE(answer.body == text_of(notice()));
}

TEST_F(Web, GivesRandomBytesWhileTheDaemonIsAwayAndGoesOnWhenItIsBack) {
  open_gateway();
  Browser reader = browser();
  Browser sender = browser();
  reader.send(test::post_of(a_question()));
  sender.send(test::post_of(a_frame()));
  run_for(100ms);
  EXPECT_FALSE(reader.response());

  the_clock += 15s + 1ms;
  const auto first = response(reader);
  const auto answer = response(sender);
  EXPECT_EQ(first.head, answer.head);
  EXPECT_EQ(first.body.size(), crypto::frame_size);
  EXPECT_EQ(answer.body.size(), crypto::frame_size);
  EXPECT_FALSE(first.body == answer.body);

  open_daemon();
  EXPECT_TRUE(post(reader, a_question()).body == text_of(notice()));
  EXPECT_EQ(post(sender, a_frame()).head, answer.head);
}

TEST_F(Web, GivesRandomBytesWhenTheDaemonIsSlowAndNeverTheAnswerThatComesLate) {
  std::atomic<bool> slow = true;
  daemon_ = std::make_unique<StandingDaemon>(endpoint(), [&](const Frame& question) {
    const bool notice = crypto::key_id_of(question) == crypto::KeyId{};
    while (slow && !notice) std::this_thread::sleep_for(1ms);
    return std::make_unique<Frame>(question);
  });
  options_["daemon-connections"] = "1";
  open_gateway();
  Browser visitor = browser();
  const Frame first = a_frame();
  visitor.send(test::post_of(first));
  ASSERT_TRUE(runs_until([&] { return daemon_->frames() == 1; }));

  the_clock += 15s + 1ms;
  const auto random = response(visitor);
  EXPECT_EQ(random.body.size(), crypto::frame_size);
  EXPECT_FALSE(random.body == text_of(first));
  EXPECT_EQ(gateway_->counters().web_unanswered, 1U);

  const Frame second = a_frame();
  visitor.send(test::post_of(second));
  run_for(20ms);
  slow = false;
  EXPECT_TRUE(response(visitor).body == text_of(second));
}

TEST_F(Web, ServesANewcomersFrameBeforeTheRestOfACrowdFromOnePlace) {
  std::atomic<bool> open = false;
  std::mutex mutex;
  std::vector<int> order;  // the second byte of what came
  daemon_ = std::make_unique<StandingDaemon>(endpoint(), [&](const Frame& question) {
    while (!open) std::this_thread::sleep_for(1ms);
    const std::lock_guard lock(mutex);
    if (crypto::key_id_of(question) != crypto::KeyId{}) order.push_back(question[1]);
    return std::make_unique<Frame>(question);
  });
  options_["daemon-connections"] = "1";
  open_gateway();
  const auto comes_from = [&](const char* address, std::uint8_t mark) {
    Browser visitor = browser("onion.sock");
    Frame frame = a_frame();
    frame[1] = mark;
    visitor.send("PROXY TCP4 " + std::string(address) + " 192.0.2.1 5000 443\r\n" +
                 test::post_of(frame));
    run_for(10ms);
    return visitor;
  };
  std::vector<Browser> visitors;
  for (int count = 0; count < 10; ++count) visitors.push_back(comes_from("192.0.2.7", 1));
  visitors.push_back(comes_from("192.0.2.8", 2));
  open = true;

  for (auto& visitor : visitors) EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  const std::lock_guard lock(mutex);
  ASSERT_EQ(order.size(), 11U);
  // The first was on its way, and the second of the crowd had its turn due before.
  EXPECT_LE(std::ranges::find(order, 2) - order.begin(), 2);
}

TEST_F(Web, HandsOnWhatADaemonWithoutANoticeSays) {
  daemon_ = std::make_unique<StandingDaemon>(
      endpoint(), [](const Frame&) { return std::make_unique<Frame>(a_frame()); });
  open_gateway();
  Browser visitor = browser();

  const auto first = post(visitor, a_question());
  EXPECT_EQ(first.body.size(), crypto::frame_size);
  run_for(100ms);
  EXPECT_LE(daemon_->notices(), 2);  // and not as fast as it can
}

TEST_F(Web, ForgetsAVisitorWhoLeavesWhileItWaits) {
  open_gateway();
  {
    Browser visitor = browser();
    visitor.send(test::post_of(a_frame()));
    run_for(50ms);
  }

  the_clock += 15s + 1ms;

  EXPECT_TRUE(runs_until([&] { return gateway_->counters().web_connections == 0; }));
}

TEST_F(Web, StopsWhenTheLastAnswerIsOut) {
  open_daemon();
  open_gateway();
  Browser visitor = browser();
  Browser idle = browser();
  ASSERT_EQ(get(idle).status(), 200);
  visitor.send(test::post_of(a_frame()));
  ASSERT_TRUE(runs_until([&] { return gateway_->counters().web_frames == 1; }));

  gateway_->stop();

  EXPECT_EQ(response(visitor).body.size(), crypto::frame_size);
  EXPECT_TRUE(closes(idle));
  EXPECT_TRUE(closes(visitor));
  // A visitor reads to the end and goes.
  { const Browser gone = std::move(visitor); }
  EXPECT_TRUE(runs_until([&] { return loop_.stopped(); }));
}

}  // namespace
}  // namespace meldpunt::gateway
