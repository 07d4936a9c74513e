#include "server/gateway/connection.h"

#include <exception>

namespace meldpunt::gateway {
namespace {

// One connection's steps before the others get their turn.
constexpr int steps_in_a_row = 4;

}  // namespace

Connection::Connection(boost::asio::io_context& loop, Keeper& keeper, const Limits& limits,
                       ConnectionId id, int socket, bool proxied)
    : keeper_(keeper),
      limits_(limits),
      id_(id),
      since_(keeper.now()),
      client_(loop, socket),
      daemon_(loop),
      arrival_(proxied, Arrival::Expects::zmtp) {}

template <typename Step>
void Connection::guarded(Step step) {
  try {
    if (stage_ != Stage::ended) step();
  } catch (const std::exception&) {
    end(Ending::fault);
  }
}

void Connection::start() {
  guarded([this] { read_arrival(); });
}

void Connection::read_arrival() {
  client_.async_wait(Descriptor::wait_read,
                     [self = shared_from_this()](const boost::system::error_code& error) {
                       if (!error) self->guarded([&] { self->arrive(); });
                     });
}

void Connection::arrive() {
  const auto room = keeper_.shared().first(arrival_.room());
  const Transfer read = receive(client_.native_handle(), room);
  if (read.state == Transfer::State::ended) return end(Ending::client_left);
  if (read.state == Transfer::State::would_block) return read_arrival();
  const bool known = arrival_.source().has_value();
  const Arrival::Outcome outcome = arrival_.take(room.first(read.bytes));
  if (!known && arrival_.source()) keeper_.identified(id_, *arrival_.source());
  switch (outcome) {
    case Arrival::Outcome::more:
      return read_arrival();
    case Arrival::Outcome::bad_proxy_header:
      return end(Ending::proxy_header);
    case Arrival::Outcome::bad_greeting:
      return end(Ending::greeting);
    case Arrival::Outcome::greeted:
      stage_ = Stage::waiting;
      return keeper_.greeted(id_);
  }
}

void Connection::turn() {
  guarded([this] {
    stage_ = Stage::dialling;
    since_ = keeper_.now();
    try_dial();
  });
}

void Connection::try_dial() {
  const Dialled dialled = keeper_.dial_daemon();
  if (dialled.state != Dialled::State::connected) return;
  daemon_.assign(dialled.socket);
  stage_ = Stage::relaying;
  meter_.emplace(limits_, keeper_.now());
  up_.way.begin_with(arrival_.release());
  run(up_);
  run(down_);
}

void Connection::run(Lane& lane) {
  if (lane.armed) return;
  for (int taken = 0; taken < steps_in_a_row; ++taken) {
    if (stage_ == Stage::ended) return;
    if (!follow(lane, step(lane))) return;
  }
  // More may be there; the others first.
  const bool is_up = &lane == &up_;
  arm(lane, is_up ? client_ : daemon_, Descriptor::wait_read);
}

Way::Next Connection::step(Lane& lane) {
  const bool is_up = &lane == &up_;
  const int client = client_.native_handle();
  const int daemon = daemon_.native_handle();
  const Way::Next next =
      lane.way.move(is_up ? client : daemon, is_up ? daemon : client, keeper_.shared(), *meter_,
                    is_up ? &Meter::from_client : &Meter::from_daemon, keeper_.now());
  report();
  return next;
}

// Whether the lane can go on at once.
bool Connection::follow(Lane& lane, Way::Next next) {
  const bool is_up = &lane == &up_;
  switch (next) {
    case Way::Next::again:
      if (ends_when_answered_) end_when_answered();
      return true;
    case Way::Next::read:
      arm(lane, is_up ? client_ : daemon_, Descriptor::wait_read);
      return false;
    case Way::Next::write:
      arm(lane, is_up ? daemon_ : client_, Descriptor::wait_write);
      return false;
    case Way::Next::wait:
      return false;  // tick() goes on
    case Way::Next::reader_left:
      end(is_up ? Ending::client_left : Ending::daemon_left);
      return false;
    case Way::Next::writer_left:
      end(is_up ? Ending::daemon_left : Ending::client_left);
      return false;
    case Way::Next::cut:
      end(lane.way.cut().value_or(Ending::fault));
      return false;
  }
  return false;
}

void Connection::arm(Lane& lane, Descriptor& descriptor, Descriptor::wait_type event) {
  lane.armed = true;
  descriptor.async_wait(event,
                        [self = shared_from_this(), &lane](const boost::system::error_code& error) {
                          lane.armed = false;
                          if (!error) self->guarded([&] { self->run(lane); });
                        });
}

void Connection::report() {
  if (!told_settled_ && meter_->settled()) {
    told_settled_ = true;
    keeper_.settled(id_);
  }
  const std::uint64_t frames = meter_->frames() - std::exchange(told_frames_, meter_->frames());
  const std::uint64_t answers = meter_->answers() - std::exchange(told_answers_, meter_->answers());
  if (frames + answers > 0) keeper_.exchanged(id_, frames, answers);
}

void Connection::tick() {
  guarded([this] {
    const Time now = keeper_.now();
    const bool overdue = now - since_ > limits_.handshake;
    if (stage_ == Stage::arriving && overdue) return end(Ending::handshake_slow);
    if (stage_ == Stage::dialling && overdue) return end(Ending::daemon_away);
    if (stage_ == Stage::dialling) try_dial();
    if (stage_ == Stage::relaying) tick_relay(now);
  });
}

void Connection::tick_relay(Time now) {
  if (const auto overdue = meter_->overdue(now)) return end(*overdue);
  const auto blocked = down_.way.blocked_since();
  if (blocked && now - *blocked > limits_.drain) return end(Ending::slow_reader);
  if (up_.way.wait_until() && *up_.way.wait_until() <= now) run(up_);
}

void Connection::end_when_answered() {
  ends_when_answered_ = true;
  const bool pending = stage_ == Stage::relaying && (meter_->unanswered() > 0 || down_.way.holds());
  if (!pending) end(Ending::stopping);
}

void Connection::end(Ending ending) {
  if (stage_ == Stage::ended) return;
  stage_ = Stage::ended;
  boost::system::error_code ignored;
  client_.close(ignored);
  daemon_.close(ignored);
  keeper_.ended(id_, ending);
}

}  // namespace meldpunt::gateway
