// One lock-step connection to the daemon inside the gateway's loop: a frame goes out, its answer
// comes back, or the time is over. Answers name no question, so there is never more than one on the
// way; after one that did not come in time the connection is given up, for it might come late.
//
// Connected when it is first needed, and let go when it is not needed for half a minute.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "server/gateway/token_bucket.h"
#include "server/transport/daemon_line.h"

namespace meldpunt::gateway {

using FramePointer = std::shared_ptr<const crypto::Frame>;

class FrameLine {
 public:
  // Null when none came in time.
  using Answered = std::function<void(FramePointer)>;

  // `place` must outlive it.
  FrameLine(boost::asio::io_context& loop, server::DaemonPlace& place)
      : place_(place), descriptor_(loop), watch_descriptor_(loop) {}
  ~FrameLine() { disconnect(); }
  FrameLine(const FrameLine&) = delete;
  FrameLine& operator=(const FrameLine&) = delete;

  bool busy() const { return static_cast<bool>(answered_); }

  // Only when not busy. `answered` is called later, never before this returns.
  void exchange(std::unique_ptr<crypto::Frame> frame, Time until, Answered answered);
  // What is under way is given up without a word.
  void abandon();
  void tick(Time now);
  void disconnect();

  // Keeps a connection from now on, and calls `heard` whenever it comes or goes.
  using Heard = std::function<void(server::DaemonLine::News)>;
  void watch(Heard heard);

 private:
  void connect();
  void await();
  void await_news();
  void go_on();
  void tell_news();
  void finish(FramePointer answer);

  server::DaemonPlace& place_;
  boost::asio::posix::stream_descriptor descriptor_;
  boost::asio::posix::stream_descriptor watch_descriptor_;
  std::optional<server::DaemonLine> line_;
  Heard heard_;
  std::unique_ptr<crypto::Frame> unsent_;
  Answered answered_;
  bool sent_ = false;
  Time until_{};
  Time idle_since_{};
  std::uint64_t connection_ = 0;  // which one: a late call about another is not heard
};

}  // namespace meldpunt::gateway
