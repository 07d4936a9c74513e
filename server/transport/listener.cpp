#include "server/transport/listener.h"

#include <array>

namespace meldpunt::server {

namespace {

constexpr std::chrono::milliseconds longest_wait{200};
constexpr int frames_a_turn = 64;

// The rest of a message that is refused.
void drain(zmq::socket_t& socket, const zmq::message_t& last) {
  bool more = last.more();
  while (more) {
    zmq::message_t part;
    if (!socket.recv(part, zmq::recv_flags::dontwait)) return;
    more = part.more();
  }
}

std::optional<crypto::DeviceId> sender_of(zmq::message_t& frame, Door door) {
  if (door != Door::staff) return std::nullopt;
  const char* user_id = zmq_msg_gets(frame.handle(), "User-Id");
  if (user_id == nullptr) return std::nullopt;
  return device_of(std::string_view(user_id));
}

}  // namespace

Listener::Listener(Parts parts, zmq::socket_t reporters, zmq::socket_t staff,
                   std::chrono::milliseconds grid)
    : parts_(parts), reporters_(std::move(reporters)), staff_(std::move(staff)), hold_(grid) {}

void Listener::stop() {
  stopping_ = true;
  parts_.outbox.wake();
}

void Listener::run(std::chrono::milliseconds grace) {
  while (!stopping_) step(true);
  const Moment last = parts_.clock.steady() + grace;
  while (unanswered_ > 0 && parts_.clock.steady() < last) step(false);
}

void Listener::step(bool reading) {
  const bool room = reading && parts_.work.has_room();
  const short interest = room ? ZMQ_POLLIN : 0;
  std::array<zmq::pollitem_t, 3> items{{
      {nullptr, parts_.outbox.descriptor(), ZMQ_POLLIN, 0},
      {reporters_.handle(), 0, interest, 0},
      {staff_.handle(), 0, interest, 0},
  }};
  zmq::poll(items.data(), items.size(), patience(parts_.clock.steady()));
  const Moment now = parts_.clock.steady();
  collect(now);
  send_due(now);
  if ((items[1].revents & ZMQ_POLLIN) != 0) receive(reporters_, Door::reporters);
  if ((items[2].revents & ZMQ_POLLIN) != 0) receive(staff_, Door::staff);
}

void Listener::collect(Moment now) {
  for (Outgoing& answer : parts_.outbox.take_all()) hold_.add(std::move(answer), now);
}

void Listener::send_due(Moment now) {
  while (auto answer = hold_.due(now)) {
    --unanswered_;
    zmq::socket_t& socket = answer->origin.door == Door::staff ? staff_ : reporters_;
    const auto& route = answer->origin.route;
    // A connection that is gone, or reads nothing, loses its answer: its client asks again.
    try {
      const auto routed =
          socket.send(zmq::buffer(route), zmq::send_flags::sndmore | zmq::send_flags::dontwait);
      if (!routed || !socket.send(zmq::buffer(*answer->frame), zmq::send_flags::dontwait)) {
        parts_.metrics.add(Count::undeliverable);
      }
    } catch (const zmq::error_t& error) {
      if (error.num() != EHOSTUNREACH) throw;
      parts_.metrics.add(Count::undeliverable);
    }
  }
}

void Listener::receive(zmq::socket_t& socket, Door door) {
  for (int i = 0; i < frames_a_turn && parts_.work.has_room(); ++i) {
    zmq::message_t route;
    if (!socket.recv(route, zmq::recv_flags::dontwait)) return;
    zmq::message_t frame;
    if (!route.more() || !socket.recv(frame, zmq::recv_flags::dontwait)) return;
    Origin origin{door, {}, std::nullopt, parts_.clock.steady()};
    if (frame.more() || frame.size() != crypto::frame_size || route.size() != origin.route.size()) {
      drain(socket, frame);
      continue;
    }
    const auto* id = static_cast<const std::uint8_t*>(route.data());
    std::copy_n(id, origin.route.size(), origin.route.begin());
    origin.device = sender_of(frame, door);
    auto copy = std::make_unique_for_overwrite<crypto::Frame>();
    std::copy_n(static_cast<const std::uint8_t*>(frame.data()), frame.size(), copy->begin());
    ++unanswered_;
    parts_.work.push(Arrived{origin, std::move(copy)});
  }
}

std::chrono::milliseconds Listener::patience(Moment now) const {
  const auto next = hold_.next();
  if (!next) return longest_wait;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - now);
  return std::clamp(left, std::chrono::milliseconds(0), longest_wait);
}

}  // namespace meldpunt::server
