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

Gateway::Gateway(boost::asio::io_context& loop, const Settings& settings, Clock clock,
                 std::optional<Site> site, NoticeDesk::UnixClock unix_clock)
    : loop_(loop),
      settings_(settings),
      clock_(clock),
      queue_(settings.limits.turn, settings.limits.memory),
      dials_(settings.limits.dial_burst, settings.limits.dial_interval),
      ticker_(loop),
      dialler_(loop) {
  door(Kind::zmq).cap = settings_.limits.connections;
  listen(settings_.listen, Kind::zmq, false);
  listen(settings_.listen_proxied, Kind::zmq, true);
  if (settings_.web && site) open_web(*settings_.web, std::move(*site), unix_clock);
}

void Gateway::open_web(const WebSettings& settings, Site site, NoticeDesk::UnixClock unix_clock) {
  door(Kind::web).cap = settings.limits.connections;
  listen(settings.listen, Kind::web, false);
  listen(settings.listen_proxied, Kind::web, true);
  web_ = std::make_unique<Web>(*this, settings, std::move(site), unix_clock);
}

Gateway::Web::Web(Gateway& gateway, const WebSettings& settings, Site its_site,
                  NoticeDesk::UnixClock unix_clock)
    : site(std::move(its_site)),
      limits(settings.limits),
      relay({.loop = gateway.loop_,
             .endpoint = settings.daemon,
             .pin = site.pin(),
             .limits = gateway.settings_.limits,
             .web = limits,
             .counters = gateway.counters_,
             .now = gateway.clock_,
             .unix_seconds = unix_clock}),
      room{site, relay, gateway.counters_, gateway.settings_.limits, limits} {}

Gateway::~Gateway() {
  // Each end() takes one out of the map.
  while (!inside_.empty()) std::shared_ptr(inside_.begin()->second.guest)->end(Ending::stopping);
}

void Gateway::listen(const std::optional<Place>& place, Kind kind, bool proxied) {
  if (!place) return;
  const int socket = listen_at(*place, settings_.limits.socket_buffer);
  if (!proxied) door(kind).port = port_of(socket);
  (proxied ? door(kind).proxied : door(kind).listener) = std::make_unique<Listener>(
      loop_, socket,
      [this, kind, proxied](int accepted, const Source& source) {
        accept(accepted, source, kind, proxied);
      },
      [this] { descriptors_short(); });
}

void Gateway::start() {
  for (const Door& door : doors_) {
    if (door.listener) door.listener->start();
    if (door.proxied) door.proxied->start();
  }
  await_tick();
}

void Gateway::stop() {
  if (stopping_) return;
  stopping_ = true;
  stop_by_ = now() + stop_within;
  for (const Door& door : doors_) {
    if (door.listener) door.listener->stop();
    if (door.proxied) door.proxied->stop();
  }
  dialler_.cancel();
  for (auto entry = inside_.begin(); entry != inside_.end();) {
    const auto guest = (entry++)->second.guest;
    guest->end_when_answered();
  }
}

const Counters& Gateway::counters() {
  counters_.connections = door(Kind::zmq).census.size();
  counters_.web_connections = door(Kind::web).census.size();
  counters_.waiting = queue_.size();
  return counters_;
}

void Gateway::accept(int socket, const Source& source, Kind kind, bool proxied) {
  ++counters_.accepted;
  // Until its header is read, a proxied connection is from nowhere, like all of its kind.
  const Source from = proxied ? nowhere : source;
  if (!make_room(kind, from)) {
    counters_.count(Ending::refused);
    close(socket);
    return;
  }
  const ConnectionId id = ++last_id_;
  try {
    const auto guest = make_guest(kind, {id, socket, from, proxied});
    socket = -1;  // the guest's from here
    inside_[id] = {guest, from, kind};
    door(kind).census.arrive(id, from);
    guest->start();
  } catch (const std::exception&) {
    if (socket >= 0) close(socket);
    ended(id, Ending::fault);
  }
}

std::shared_ptr<Guest> Gateway::make_guest(Kind kind, const WebConnection::Arriving& arriving) {
  Keeper& keeper = *this;
  if (kind == Kind::web) {
    return std::make_shared<WebConnection>(loop_, keeper, web_->room, arriving);
  }
  return std::make_shared<Connection>(loop_, keeper, settings_.limits, arriving.id, arriving.socket,
                                      arriving.proxied);
}

bool Gateway::make_room(Kind kind, const Source& newcomer) {
  const Door& full = door(kind);
  if (full.census.size() < full.cap) return true;
  const auto victim = full.census.victim_for(newcomer);
  const auto guest = victim ? find(*victim) : nullptr;
  if (!guest) return false;
  guest->end(Ending::crowded_out);
  return true;
}

std::shared_ptr<Guest> Gateway::find(ConnectionId id) const {
  const auto found = inside_.find(id);
  return found == inside_.end() ? nullptr : found->second.guest;
}

Census* Gateway::census_of(ConnectionId id) {
  const auto found = inside_.find(id);
  return found == inside_.end() ? nullptr : &door(found->second.kind).census;
}

void Gateway::identified(ConnectionId id, const Source& source) {
  const auto found = inside_.find(id);
  if (found == inside_.end()) return;
  found->second.source = source;
  door(found->second.kind).census.identify(id, source);
}

void Gateway::greeted(ConnectionId id) {
  const auto found = inside_.find(id);
  if (found == inside_.end()) return;
  queue_.add(id, found->second.source, now());
  dial_next();
}

void Gateway::dial_next() {
  while (!stopping_ && queue_.size() > 0 && dials_.ready_at() <= now()) {
    const auto id = queue_.take(now());
    const auto guest = id ? find(*id) : nullptr;
    if (!guest) continue;
    if (guest->client_has_left()) {
      guest->end(Ending::client_left);
      continue;
    }
    dials_.take(now());
    guest->turn();
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
  if (Census* census = census_of(id)) census->settle(id);
}

void Gateway::exchanged(ConnectionId id, std::uint64_t frames, std::uint64_t answers) {
  counters_.frames += frames;
  counters_.answers += answers;
  if (Census* census = census_of(id)) census->active(id);
}

void Gateway::ended(ConnectionId id, Ending ending) {
  counters_.count(ending);
  queue_.remove(id);
  if (Census* census = census_of(id)) census->leave(id);
  inside_.erase(id);
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
  for (auto entry = inside_.begin(); entry != inside_.end();) {
    // A copy, because a tick can end the guest; it ends no other.
    const auto guest = (entry++)->second.guest;
    if (late) {
      guest->end(Ending::stopping);
    } else {
      guest->tick();
    }
  }
  if (web_) web_->relay.tick();
  queue_.forget(now());
  if (!stopping_ || !inside_.empty()) return await_tick();
  if (web_) web_->relay.stop();
}

}  // namespace meldpunt::gateway
