#include "server/transport/daemon_line.h"

#include <cstring>
#include <utility>

namespace meldpunt::server {

namespace {

// As slow as another gateway's bucket needs them (docs/protocol.md, "Connection").
constexpr int heartbeat_milliseconds = 10'000;
constexpr int heartbeat_timeout_milliseconds = 30'000;
constexpr int reconnect_milliseconds = 100;
constexpr int reconnect_milliseconds_max = 2'000;

void show_key(zmq::socket_t& socket, const crypto::CurveKey& server) {
  const auto own = crypto::CurveSecret::generate();
  const auto set = [&](int option, crypto::Bytes key) {
    if (zmq_setsockopt(socket.handle(), option, key.data(), key.size()) != 0) {
      throw zmq::error_t();
    }
  };
  set(ZMQ_CURVE_SERVERKEY, server.view());
  set(ZMQ_CURVE_PUBLICKEY, own.public_key().view());
  set(ZMQ_CURVE_SECRETKEY, own.secret());
}

}  // namespace

DaemonLine::DaemonLine(DaemonPlace& place)
    : place_(place), socket_(place.context, zmq::socket_type::dealer) {
  namespace option = zmq::sockopt;
  socket_.set(option::linger, 0);
  socket_.set(option::immediate, true);
  socket_.set(option::sndhwm, 1);
  socket_.set(option::rcvhwm, 1);
  socket_.set(option::ipv6, true);
  socket_.set(option::maxmsgsize, static_cast<std::int64_t>(crypto::zmq_message_size));
  socket_.set(option::heartbeat_ivl, heartbeat_milliseconds);
  socket_.set(option::heartbeat_timeout, heartbeat_timeout_milliseconds);
  socket_.set(option::reconnect_ivl, reconnect_milliseconds);
  socket_.set(option::reconnect_ivl_max, reconnect_milliseconds_max);
  show_key(socket_, place.server);
  socket_.connect(place.endpoint);
}

bool DaemonLine::send(crypto::FrameView frame) {
  return socket_.send(zmq::buffer(frame.data(), frame.size()), zmq::send_flags::dontwait)
      .has_value();
}

DaemonLine::Received DaemonLine::receive(std::shared_ptr<const crypto::Frame>& frame) {
  zmq::message_t message;
  if (!socket_.recv(message, zmq::recv_flags::dontwait)) return Received::nothing;
  if (message.more() || message.size() != crypto::frame_size) return Received::not_a_frame;
  auto copy = std::make_shared<crypto::Frame>();
  std::memcpy(copy->data(), message.data(), copy->size());
  frame = std::move(copy);
  return Received::frame;
}

void DaemonLine::watch() {
  const std::string place = "inproc://watch-" + std::to_string(++place_.watches);
  constexpr int events = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED;
  if (zmq_socket_monitor(socket_.handle(), place.c_str(), events) != 0) throw zmq::error_t();
  watch_.emplace(place_.context, zmq::socket_type::pair);
  watch_->set(zmq::sockopt::linger, 0);
  watch_->connect(place);
}

std::optional<DaemonLine::News> DaemonLine::news() {
  zmq::message_t event;
  if (!watch_ || !watch_->recv(event, zmq::recv_flags::dontwait)) return std::nullopt;
  zmq::message_t address;
  if (event.more()) static_cast<void>(watch_->recv(address, zmq::recv_flags::dontwait));
  std::uint16_t number = 0;
  std::memcpy(&number, event.data(), sizeof number);
  return number == ZMQ_EVENT_DISCONNECTED ? News::went : News::came;
}

int DaemonLine::descriptor_of(const zmq::socket_t& socket) { return socket.get(zmq::sockopt::fd); }

}  // namespace meldpunt::server
