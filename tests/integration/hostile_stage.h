// The scene of the hostile tests and the gateway's measurements: a gateway and the daemon's
// stand-in as two processes, honest clients over libzmq, and what the system says about the
// processes' memory and time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "tests/support/child.h"
#include "tests/support/hostile.h"

namespace meldpunt::tests {

class Stage {
 public:
  // `options` go to the gateway, after the ones that place it.
  explicit Stage(const std::vector<std::string>& options = {});
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() = default;

  // Through the gateway, and past it.
  Target target(const std::string& from = "") const;
  Target direct() const;

  Child& gateway() { return *gateway_; }
  Child& daemon() { return *daemon_; }
  void start_daemon();
  void stop_daemon() { daemon_.reset(); }

  // A number from the gateway's metrics page: "frames_total" or "ended_total{reason=\"idle\"}".
  std::int64_t metric(const std::string& name) const;
  std::string metrics() const;

 private:
  Folder folder_;
  std::string seed_;
  CurveKey server_key_{};
  int port_ = 0;
  int metrics_port_ = 0;
  std::unique_ptr<Child> daemon_;
  std::unique_ptr<Child> gateway_;
};

// A reporter as libzmq makes it.
class HonestClient {
 public:
  HonestClient(zmq::context_t& context, const Target& target);

  bool send();
  bool receive(std::chrono::milliseconds patience = std::chrono::seconds(30));
  bool exchange(std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    return send() && receive(patience);
  }

 private:
  zmq::socket_t socket_;
  std::uint64_t count_ = 0;
};

// Kernel memory of all TCP sockets on this machine.
std::size_t tcp_memory_kib();

}  // namespace meldpunt::tests
