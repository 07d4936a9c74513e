// Owns both ROUTER sockets: frames in, frames out, each answer at its time. One thread.
//
// A message that is not one part of exactly one frame is dropped: no client of this protocol sends
// one, and the gateway cuts who does. When the work queue is full, nothing is read until there is
// room; ZeroMQ and the gateway then hold every connection at its few frames.
#pragma once

#include <atomic>
#include <zmq.hpp>

#include "server/hold.h"
#include "server/metrics.h"
#include "server/outbox.h"
#include "server/transport/gatekeeper.h"

namespace meldpunt::server {

class Listener {
 public:
  // All of these outlive the listener.
  struct Parts {
    WorkQueue& work;
    Outbox& outbox;
    Metrics& metrics;
    const Clock& clock;
  };

  Listener(Parts parts, zmq::socket_t reporters, zmq::socket_t staff,
           std::chrono::milliseconds grid);

  // Until stop(): then takes nothing new, and returns once every accepted request has its answer,
  // or after `grace`.
  void run(std::chrono::milliseconds grace);
  // From any thread, also from a signal handler's helper.
  void stop();

 private:
  void collect(Moment now);
  void send_due(Moment now);
  void receive(zmq::socket_t& socket, Door door);
  [[nodiscard]] std::chrono::milliseconds patience(Moment now) const;
  void step(bool reading);

  Parts parts_;
  zmq::socket_t reporters_;
  zmq::socket_t staff_;
  Hold hold_;
  std::size_t unanswered_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace meldpunt::server
