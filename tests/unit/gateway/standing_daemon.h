// What stands in for the daemon behind the web: a ROUTER with CURVE on a thread of its own, which
// answers every frame with what the test says, or with nothing.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <zmq.hpp>

#include "crypto/wire/frame.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::gateway::test {

// A notice of the fixed region, made at this time.
crypto::Frame a_notice(std::uint32_t tick, std::uint64_t unix_seconds, std::uint16_t tick_seconds);

class StandingDaemon {
 public:
  // Called on its thread. Nothing: no answer.
  using Answer = std::function<std::unique_ptr<crypto::Frame>(const crypto::Frame& question)>;

  StandingDaemon(std::string endpoint, Answer answer);
  ~StandingDaemon() { stop(); }
  StandingDaemon(const StandingDaemon&) = delete;
  StandingDaemon& operator=(const StandingDaemon&) = delete;

  void start();
  void stop();

  int notices() const { return notices_; }  // asked for
  int frames() const { return frames_; }    // and others

 private:
  void run();
  void serve(zmq::socket_t& router);

  std::string endpoint_;
  Answer answer_;
  std::atomic<int> notices_ = 0;
  std::atomic<int> frames_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> bound_ = false;
  std::thread thread_;
};

}  // namespace meldpunt::gateway::test
