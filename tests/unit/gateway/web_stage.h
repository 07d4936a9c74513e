// The web half of the gateway in this process, with a raw TCP client before it and a stand-in for
// the daemon behind it.
#pragma once

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

namespace meldpunt::gateway::test {

using namespace std::chrono_literals;
using crypto::Frame;

inline Time the_clock{};
inline Time the_time() { return the_clock; }
inline constexpr std::uint64_t noon = std::uint64_t{crypto::test::today} * 86400 + 12 * 3600;
inline std::uint64_t the_wall = noon;
inline std::uint64_t wall_time() { return the_wall; }

inline void write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline Frame a_frame() {
  Frame frame{};
  crypto::fill_random(frame);
  frame[0] = 1;  // not the key id that asks for the notice
  return frame;
}

inline Frame a_question() {
  Frame frame{};
  crypto::ask_for_notice(frame);
  return frame;
}

inline std::string text_of(const Frame& frame) {
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
    show(a_notice(1, noon, 600));
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
  WebResponse post(Browser& browser, const Frame& frame) { return ask(browser, post_of(frame)); }
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

}  // namespace meldpunt::gateway::test
