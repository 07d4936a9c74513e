#include "server/gateway/frame_line.h"

#include <chrono>
#include <utility>

namespace meldpunt::gateway {
namespace {

constexpr std::chrono::seconds idle_max{30};

}  // namespace

void FrameLine::exchange(std::unique_ptr<crypto::Frame> frame, Time until, Answered answered) {
  unsent_ = std::move(frame);
  answered_ = std::move(answered);
  until_ = until;
  sent_ = false;
  if (!line_) connect();
  if (line_ && line_->send(*unsent_)) {
    unsent_.reset();
    sent_ = true;
  }
}

void FrameLine::abandon() {
  if (sent_) disconnect();
  unsent_.reset();
  answered_ = nullptr;
}

void FrameLine::watch(Heard heard) {
  heard_ = std::move(heard);
  connect();
}

void FrameLine::connect() {
  try {
    line_.emplace(place_);
    if (heard_) line_->watch();
  } catch (const zmq::error_t&) {
    line_.reset();  // no sockets left; tick() tries again
    return;
  }
  ++connection_;
  descriptor_.assign(line_->descriptor());
  await();
  if (!heard_) return;
  watch_descriptor_.assign(line_->watch_descriptor());
  await_news();
}

void FrameLine::disconnect() {
  // The descriptors are libzmq's to close.
  if (descriptor_.is_open()) descriptor_.release();
  if (watch_descriptor_.is_open()) watch_descriptor_.release();
  ++connection_;
  line_.reset();
  sent_ = false;
}

void FrameLine::await() {
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [this, connection = connection_](const boost::system::error_code& error) {
                           if (error || connection != connection_) return;
                           go_on();
                           if (connection == connection_) await();
                         });
}

void FrameLine::await_news() {
  watch_descriptor_.async_wait(
      boost::asio::posix::stream_descriptor::wait_read,
      [this, connection = connection_](const boost::system::error_code& error) {
        if (error || connection != connection_) return;
        tell_news();
        if (connection == connection_) await_news();
      });
}

void FrameLine::tell_news() {
  while (line_) {
    const auto news = line_->news();
    if (!news) return;
    heard_(*news);
  }
}

void FrameLine::go_on() {
  // First, so that an answer never comes before the news of the connection that it came over.
  if (heard_) tell_news();
  if (line_ && unsent_ && line_->send(*unsent_)) {
    unsent_.reset();
    sent_ = true;
  }
  while (line_) {
    FramePointer frame;
    const auto received = line_->receive(frame);
    if (received == server::DaemonLine::Received::nothing) return;
    const bool asked = std::exchange(sent_, false);
    if (received != server::DaemonLine::Received::frame || !asked) disconnect();
    if (asked) finish(std::move(frame));
  }
}

void FrameLine::finish(FramePointer answer) {
  unsent_.reset();
  // It may ask the next question at once.
  if (const Answered answered = std::exchange(answered_, nullptr)) answered(std::move(answer));
}

void FrameLine::tick(Time now) {
  if (!line_ && (heard_ || busy())) connect();
  if (!busy()) {
    if (!heard_ && line_ && now - idle_since_ > idle_max) disconnect();
    return;
  }
  idle_since_ = now;
  if (now < until_) return go_on();
  if (sent_) disconnect();
  finish(nullptr);
}

}  // namespace meldpunt::gateway
