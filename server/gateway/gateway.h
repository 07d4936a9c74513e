// meldpunt-gateway: the meter in front of the daemon, with everything but main.
//
// Strangers are accepted as they come, wait until they have greeted (over ZeroMQ) or asked for
// something (from the web), and take their turn in the fair queue. Then a ZeroMQ client is
// connected to the daemon's unix socket through a meter of its own; a web visitor is served the
// page, and frames through the relay. Decrypts nothing, holds no secret and no file. One thread:
// the io_context's.
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
#include "server/gateway/web_connection.h"

namespace meldpunt::gateway {

class Gateway final : private Keeper {
 public:
  using Clock = Time (*)();

  // `site`: read_site() of the settings' web half, where there is one. Listens; throws
  // std::system_error when it cannot.
  Gateway(boost::asio::io_context& loop, const Settings& settings, Clock clock,
          std::optional<Site> site = std::nullopt, NoticeDesk::UnixClock unix_clock = nullptr);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  void start();

  // Accepts nobody any more; answers that are on their way are still delivered, for three seconds
  // at most. Then nothing is left to do and the io_context's run() returns.
  void stop();

  const Counters& counters();

  // The TCP ports it listens on, for those that were asked for as 0.
  std::uint16_t port() const { return doors_[0].port; }
  std::uint16_t web_port() const { return doors_[1].port; }

 private:
  enum class Kind : std::uint8_t { zmq, web };
  // What strangers of one kind come through. Each has a cap of its own; the fair queue is one.
  struct Door {
    Census census;
    std::size_t cap = 0;
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Listener> proxied;
    std::uint16_t port = 0;
  };
  struct Inside {
    std::shared_ptr<Guest> guest;
    Source source;
    Kind kind;
  };
  // Everything that the web needs, where it is on.
  struct Web {
    Web(Gateway& gateway, const WebSettings& settings, Site its_site,
        NoticeDesk::UnixClock unix_clock);

    Site site;
    WebLimits limits;
    Relay relay;
    WebRoom room;
  };
  void identified(ConnectionId id, const Source& source) override;
  void greeted(ConnectionId id) override;
  void settled(ConnectionId id) override;
  void exchanged(ConnectionId id, std::uint64_t frames, std::uint64_t answers) override;
  void ended(ConnectionId id, Ending ending) override;
  Dialled dial_daemon() override;
  Time now() const override { return clock_(); }
  std::span<std::uint8_t> shared() override { return shared_; }

  Door& door(Kind kind) { return doors_[static_cast<std::size_t>(kind)]; }
  void open_web(const WebSettings& settings, Site site, NoticeDesk::UnixClock unix_clock);
  void listen(const std::optional<Place>& place, Kind kind, bool proxied);
  void accept(int socket, const Source& source, Kind kind, bool proxied);
  std::shared_ptr<Guest> make_guest(Kind kind, const WebConnection::Arriving& arriving);
  bool make_room(Kind kind, const Source& newcomer);
  std::shared_ptr<Guest> find(ConnectionId id) const;
  Census* census_of(ConnectionId id);
  void dial_next();
  void tick();
  void await_tick();
  void descriptors_short();

  boost::asio::io_context& loop_;
  const Settings settings_;
  Clock clock_;
  Counters counters_;
  std::array<Door, 2> doors_;
  FairQueue queue_;
  TokenBucket dials_;
  std::unique_ptr<Web> web_;
  std::unordered_map<ConnectionId, Inside> inside_;
  std::array<std::uint8_t, 32768> shared_{};
  boost::asio::steady_timer ticker_;
  boost::asio::steady_timer dialler_;
  ConnectionId last_id_ = 0;
  bool dialler_armed_ = false;
  bool daemon_away_ = false;
  bool stopping_ = false;
  Time told_short_{};
  Time stop_by_{};
};

}  // namespace meldpunt::gateway
