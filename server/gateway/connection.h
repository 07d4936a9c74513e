// One stranger's ZeroMQ connection, from accept to close:
//
//   arriving   its PROXY header, if any, and its first ten bytes
//   waiting    for its turn to be connected to the daemon
//   dialling   the daemon's endpoint, again and again while that is away
//   relaying   two ways through one meter
//
// Owns its two sockets and closes both together. Runs on the one thread of its io_context. An
// exception ends this connection and no other.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "server/gateway/arrival.h"
#include "server/gateway/guest.h"
#include "server/gateway/limits.h"
#include "server/gateway/meter.h"
#include "server/gateway/way.h"

namespace meldpunt::gateway {

class Connection final : public Guest, public std::enable_shared_from_this<Connection> {
 public:
  // Takes the socket over. `keeper` and `limits` must outlive it.
  Connection(boost::asio::io_context& loop, Keeper& keeper, const Limits& limits, ConnectionId id,
             int socket, bool proxied);

  void start() override;
  void turn() override;
  void tick() override;
  void end(Ending ending) override;
  void end_when_answered() override;
  bool client_has_left() override { return peer_has_left(client_.native_handle()); }

 private:
  enum class Stage : std::uint8_t { arriving, waiting, dialling, relaying, ended };
  using Descriptor = boost::asio::posix::stream_descriptor;
  struct Lane {
    Way way;
    bool armed = false;
  };

  template <typename Step>
  void guarded(Step step);
  void read_arrival();
  void arrive();
  void try_dial();
  void tick_relay(Time now);
  void run(Lane& lane);
  Way::Next step(Lane& lane);
  bool follow(Lane& lane, Way::Next next);
  void arm(Lane& lane, Descriptor& descriptor, Descriptor::wait_type event);
  void report();

  Keeper& keeper_;
  const Limits& limits_;
  ConnectionId id_;
  Stage stage_ = Stage::arriving;
  bool ends_when_answered_ = false;
  bool told_settled_ = false;
  Time since_;  // the beginning of this stage
  Descriptor client_;
  Descriptor daemon_;
  Arrival arrival_;
  std::optional<Meter> meter_;
  std::uint64_t told_frames_ = 0;
  std::uint64_t told_answers_ = 0;
  Lane up_;
  Lane down_;
};

}  // namespace meldpunt::gateway
