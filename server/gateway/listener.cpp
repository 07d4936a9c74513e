#include "server/gateway/listener.h"

#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace meldpunt::gateway {
namespace {

constexpr int accepts_in_a_row = 32;
constexpr std::chrono::milliseconds pause_length{100};

}  // namespace

Listener::Listener(boost::asio::io_context& loop, int socket, Accepted accepted,
                   std::function<void()> paused)
    : descriptor_(loop, socket),
      timer_(loop),
      accepted_(std::move(accepted)),
      paused_(std::move(paused)) {}

void Listener::start() {
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [this](const boost::system::error_code& error) {
                           if (!error) accept_some();
                         });
}

void Listener::stop() {
  boost::system::error_code ignored;
  descriptor_.close(ignored);
  timer_.cancel(ignored);
}

void Listener::accept_some() {
  for (int count = 0; count < accepts_in_a_row; ++count) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int socket = accept4(descriptor_.native_handle(), reinterpret_cast<sockaddr*>(&peer),
                               &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      accepted_(socket, source_of(peer));
      continue;
    }
    const bool short_of = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    if (short_of) return pause();
    // Nobody waits, or whoever waited has left already.
    break;
  }
  start();
}

void Listener::pause() {
  paused_();
  timer_.expires_after(pause_length);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) start();
  });
}

}  // namespace meldpunt::gateway
