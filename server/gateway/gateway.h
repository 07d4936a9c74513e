// meldpunt-gateway: the meter in front of the daemon, with everything but main.
//
// Strangers are accepted as they come, wait until they have greeted, take their turn in the fair
// queue, and are then connected to the daemon's unix socket, each through a meter of its own.
// Decrypts nothing, holds no key and no file. One thread: the io_context's.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>

#include "server/gateway/census.h"
#include "server/gateway/connection.h"
#include "server/gateway/counters.h"
#include "server/gateway/fair_queue.h"
#include "server/gateway/listener.h"
#include "server/gateway/settings.h"

namespace meldpunt::gateway {

class Gateway final : private Keeper {
 public:
  using Clock = Time (*)();

  // Listens; throws std::system_error when it cannot.
  Gateway(boost::asio::io_context& loop, const Settings& settings, Clock clock);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  void start();

  // Accepts nobody any more; answers that are on their way are still delivered, for three seconds
  // at most. Then nothing is left to do and the io_context's run() returns.
  void stop();

  const Counters& counters();

  // The TCP port it listens on, for one that was asked for as 0.
  std::uint16_t port() const { return port_; }

 private:
  void identified(ConnectionId id, const Source& source) override;
  void greeted(ConnectionId id) override;
  void settled(ConnectionId id) override;
  void exchanged(ConnectionId id, std::uint64_t frames, std::uint64_t answers) override;
  void ended(ConnectionId id, Ending ending) override;
  Dialled dial_daemon() override;
  Time now() const override { return clock_(); }
  std::span<std::uint8_t> shared() override { return shared_; }

  void listen(const Place& place, bool proxied);
  void accept(int socket, const Source& source, bool proxied);
  bool make_room(const Source& newcomer);
  std::shared_ptr<Connection> find(ConnectionId id) const;
  void dial_next();
  void tick();
  void await_tick();
  void descriptors_short();

  boost::asio::io_context& loop_;
  const Settings settings_;
  Clock clock_;
  Counters counters_;
  Census census_;
  FairQueue queue_;
  TokenBucket dials_;
  std::unordered_map<ConnectionId, std::shared_ptr<Connection>> connections_;
  std::unordered_map<ConnectionId, Source> sources_;
  std::array<std::uint8_t, 32768> shared_{};
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Listener> proxied_listener_;
  boost::asio::steady_timer ticker_;
  boost::asio::steady_timer dialler_;
  ConnectionId last_id_ = 0;
  std::uint16_t port_ = 0;
  bool dialler_armed_ = false;
  bool daemon_away_ = false;
  bool stopping_ = false;
  Time told_short_{};
  Time stop_by_{};
};

}  // namespace meldpunt::gateway
