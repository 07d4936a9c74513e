// Many reporters in one process: each with a thread of its own making, speaking the real protocol
// through the real gateway, without the beat. What a reporter counts as arrived was acknowledged.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "client/lib/notice_source.h"
#include "client/lib/transport/zmq_line.h"
#include "crypto/report.h"

namespace meldpunt::tests {

class Crowd {
 public:
  // patience: with one answer. A reporter's client has a minute; where the daemon dies, its answer
  // never comes.
  Crowd(const std::filesystem::path& pin, std::string endpoint,
        std::chrono::milliseconds patience = std::chrono::seconds(5));
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  // So that a story that fails says why.
  ~Crowd() { stop(); }

  // A line of its own, and one report after another until stopped or `reports` have arrived. What
  // is not acknowledged is tried again, sealed the same inside and afresh outside, over a new
  // connection.
  void start(int reporters, int reports, const std::string& text);
  // Ends those that go on for ever; waits for all.
  void stop();
  void join();

  // Texts of acknowledged reports, each with a number of its own.
  [[nodiscard]] std::set<std::string> acknowledged() const;
  [[nodiscard]] int failures() const { return failures_; }

 private:
  // Over ZeroMQ, or over the web where the endpoint is http://.
  std::unique_ptr<client::Line> a_line();
  void report(int reporter, int reports, const std::string& text);
  enum class Fate : std::uint8_t { acknowledged, stale, failed };
  Fate put(client::Line& line, client::NoticeSource& source, const crypto::SealedReport& sealed);

  const crypto::Pin pin_;
  const std::string endpoint_;
  const std::chrono::milliseconds patience_;
  client::Network network_;
  client::SystemClock clock_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> failures_ = 0;
  mutable std::mutex mutex_;  // guards acknowledged_
  std::set<std::string> acknowledged_;
  std::vector<std::thread> threads_;
};

}  // namespace meldpunt::tests
