// Accepts strangers at one place: a few at a time, so that those already inside get their turn, and
// with a pause when descriptors run out (else the loop would spin: the socket stays readable).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "server/gateway/source.h"

namespace meldpunt::gateway {

class Listener {
 public:
  // Gets a new socket, to take over.
  using Accepted = std::function<void(int socket, const Source& source)>;

  // Takes the listening socket over.
  Listener(boost::asio::io_context& loop, int socket, Accepted accepted,
           std::function<void()> paused);

  void start();
  void stop();

 private:
  void accept_some();
  void pause();

  boost::asio::posix::stream_descriptor descriptor_;
  boost::asio::steady_timer timer_;
  Accepted accepted_;
  std::function<void()> paused_;
};

}  // namespace meldpunt::gateway
