#include "server/gateway/gateway.h"

#include <unistd.h>

#include <chrono>
#include <exception>
#include <utility>  // before Boost 1.74's Asio, which forgets it

#include "server/gateway/events.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;

// As fine as a connection that waits for its token notices.
constexpr auto tick_length = 50ms;
constexpr auto stop_within = 3s;
constexpr auto complain_every = 60s;

}  // namespace

Gateway::Gateway(boost::asio::io_context& loop, const Settings& settings, Clock clock)
    : loop_(loop),
      settings_(settings),
      clock_(clock),
      queue_(settings.limits.turn, settings.limits.memory),
      dials_(settings.limits.dial_burst, settings.limits.dial_interval),
      ticker_(loop),
      dialler_(loop) {
  listen(settings.listen, false);
  if (settings.listen_proxied) listen(*settings.listen_proxied, true);
}

Gateway::~Gateway() {
  // Each end() takes one out of the map.
  while (!connections_.empty())
    std::shared_ptr(connections_.begin()->second)->end(Ending::stopping);
}

void Gateway::listen(const Place& place, bool proxied) {
  const int socket = listen_at(place, settings_.limits.socket_buffer);
  if (!proxied) port_ = port_of(socket);
  (proxied ? proxied_listener_ : listener_) = std::make_unique<Listener>(
      loop_, socket,
      [this, proxied](int accepted, const Source& source) { accept(accepted, source, proxied); },
      [this] { descriptors_short(); });
}

void Gateway::start() {
  listener_->start();
  if (proxied_listener_) proxied_listener_->start();
  await_tick();
}

void Gateway::stop() {
  if (stopping_) return;
  stopping_ = true;
  stop_by_ = now() + stop_within;
  listener_->stop();
  if (proxied_listener_) proxied_listener_->stop();
  dialler_.cancel();
  for (auto entry = connections_.begin(); entry != connections_.end();) {
    const auto connection = (entry++)->second;
    connection->end_when_answered();
  }
}

const Counters& Gateway::counters() {
  counters_.connections = connections_.size();
  counters_.waiting = queue_.size();
  return counters_;
}

void Gateway::accept(int socket, const Source& source, bool proxied) {
  ++counters_.accepted;
  // Until its header is read, a proxied connection is from nowhere, like all of its kind.
  const Source from = proxied ? nowhere : source;
  if (!make_room(from)) {
    counters_.count(Ending::refused);
    close(socket);
    return;
  }
  const ConnectionId id = ++last_id_;
  try {
    Keeper& keeper = *this;
    const auto connection =
        std::make_shared<Connection>(loop_, keeper, settings_.limits, id, socket, proxied);
    socket = -1;  // the connection's from here
    connections_[id] = connection;
    sources_[id] = from;
    census_.arrive(id, from);
    connection->start();
  } catch (const std::exception&) {
    if (socket >= 0) close(socket);
    ended(id, Ending::fault);
  }
}

bool Gateway::make_room(const Source& newcomer) {
  if (connections_.size() < settings_.limits.connections) return true;
  const auto victim = census_.victim_for(newcomer);
  const auto connection = victim ? find(*victim) : nullptr;
  if (!connection) return false;
  connection->end(Ending::crowded_out);
  return true;
}

std::shared_ptr<Connection> Gateway::find(ConnectionId id) const {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

void Gateway::identified(ConnectionId id, const Source& source) {
  sources_[id] = source;
  census_.identify(id, source);
}

void Gateway::greeted(ConnectionId id) {
  queue_.add(id, sources_[id], now());
  dial_next();
}

void Gateway::dial_next() {
  while (!stopping_ && queue_.size() > 0 && dials_.ready_at() <= now()) {
    const auto id = queue_.take(now());
    const auto connection = id ? find(*id) : nullptr;
    if (!connection) continue;
    if (connection->client_has_left()) {
      connection->end(Ending::client_left);
      continue;
    }
    dials_.take(now());
    connection->dial();
  }
  if (stopping_ || queue_.size() == 0 || dialler_armed_) return;
  dialler_armed_ = true;
  dialler_.expires_at(dials_.ready_at());
  dialler_.async_wait([this](const boost::system::error_code& error) {
    dialler_armed_ = false;
    if (!error) dial_next();
  });
}

void Gateway::settled(ConnectionId id) {
  ++counters_.settled;
  census_.settle(id);
}

void Gateway::exchanged(ConnectionId id, std::uint64_t frames, std::uint64_t answers) {
  counters_.frames += frames;
  counters_.answers += answers;
  census_.active(id);
}

void Gateway::ended(ConnectionId id, Ending ending) {
  counters_.count(ending);
  queue_.remove(id);
  census_.leave(id);
  sources_.erase(id);
  connections_.erase(id);
}

Dialled Gateway::dial_daemon() {
  const Dialled dialled = gateway::dial(settings_.daemon_path, settings_.limits.socket_buffer);
  const bool connected = dialled.state == Dialled::State::connected;
  ++(connected ? counters_.dials : counters_.dial_failures);
  if (dialled.state == Dialled::State::absent && !std::exchange(daemon_away_, true)) {
    tell(Event::daemon_away);
  }
  if (connected && std::exchange(daemon_away_, false)) tell(Event::daemon_back);
  return dialled;
}

void Gateway::descriptors_short() {
  ++counters_.accept_pauses;
  if (told_short_ != Time{} && now() - told_short_ < complain_every) return;
  told_short_ = now();
  tell(Event::descriptors_short);
}

void Gateway::await_tick() {
  ticker_.expires_after(tick_length);
  ticker_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void Gateway::tick() {
  const bool late = stopping_ && now() >= stop_by_;
  for (auto entry = connections_.begin(); entry != connections_.end();) {
    // A copy, because a tick can end the connection; it ends no other.
    const auto connection = (entry++)->second;
    if (late) {
      connection->end(Ending::stopping);
    } else {
      connection->tick();
    }
  }
  queue_.forget(now());
  if (!stopping_ || !connections_.empty()) await_tick();
}

}  // namespace meldpunt::gateway
