// Carries the frames of all web visitors to the daemon over a few connections, one frame at a time
// each, and its answers back. It opens none: it sees only whether the key id is zero, which asks
// for the notice (NoticeDesk).
//
// A frame that waits takes its turn by source, as connections do, so that many visitors from one
// place do not delay the others. Each visitor has at most one frame here, so the cap on connections
// bounds the memory. What gets no answer in time gets a frame of random bytes, as the daemon gives
// for what it cannot open: from outside nothing tells one outcome from another.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "server/gateway/counters.h"
#include "server/gateway/fair_queue.h"
#include "server/gateway/frame_line.h"
#include "server/gateway/limits.h"
#include "server/gateway/notice_desk.h"

namespace meldpunt::gateway {

class Relay {
 public:
  struct Parts {
    boost::asio::io_context& loop;
    std::string endpoint;
    const crypto::Pin& pin;  // must outlive it
    const Limits& limits;    // must outlive it
    const WebLimits& web;    // must outlive it
    Counters& counters;      // must outlive it
    NoticeDesk::Clock now;
    NoticeDesk::UnixClock unix_seconds;
  };

  explicit Relay(const Parts& parts);
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  ~Relay() = default;

  // `answered` gets a frame in any case, perhaps before this returns.
  using Answered = std::function<void(const FramePointer&)>;
  void exchange(ConnectionId id, const Source& source, std::unique_ptr<crypto::Frame> frame,
                const Answered& answered);
  // The visitor has left.
  void forget(ConnectionId id);

  void tick();
  void stop();

 private:
  struct Waiting {
    std::unique_ptr<crypto::Frame> frame;
    FrameLine::Answered answered;
    Time until;
  };

  void serve_next();
  void give_up(ConnectionId id);

  Parts parts_;
  server::DaemonPlace place_;
  NoticeDesk notices_;
  FairQueue queue_;
  std::unordered_map<ConnectionId, Waiting> waiting_;
  std::vector<std::unique_ptr<FrameLine>> lines_;
};

}  // namespace meldpunt::gateway
