// One web visitor's connection, from accept to close:
//
//   arriving    its PROXY header, where one is expected
//   reading     a request: its head, then, when it has its token, its frame
//   turn        its first request waits for the fair queue, as a ZeroMQ connection's greeting does
//   token       the bucket is empty
//   exchanging  a frame is with the relay
//   writing     the answer
//   leaving     everything is said; what still comes is thrown away, so that the answer arrives
//
// Requests are served in their order; while one is served nothing more is read. Runs on the one
// thread of its io_context. An exception ends this connection and no other.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <span>

#include "server/gateway/arrival.h"
#include "server/gateway/guest.h"
#include "server/gateway/limits.h"
#include "server/gateway/relay.h"
#include "server/gateway/request_reader.h"
#include "server/gateway/site.h"

namespace meldpunt::gateway {

// What all web visitors share; must outlive them.
struct WebRoom {
  const Site& site;
  Relay& relay;
  Counters& counters;
  const Limits& limits;
  const WebLimits& web;
};

class WebConnection final : public Guest, public std::enable_shared_from_this<WebConnection> {
 public:
  // Who is at the door: its number, its socket (taken over), and where it comes from.
  struct Arriving {
    ConnectionId id;
    int socket;
    Source source;
    bool proxied;
  };
  WebConnection(boost::asio::io_context& loop, Keeper& keeper, const WebRoom& room,
                const Arriving& arriving);

  void start() override;
  void turn() override;
  void tick() override;
  void end(Ending ending) override;
  void end_when_answered() override;
  bool client_has_left() override { return peer_has_left(client_.native_handle()); }

 private:
  enum class Stage : std::uint8_t {
    arriving,
    reading,
    turn,
    token,
    exchanging,
    writing,
    leaving,
    ended
  };
  using Descriptor = boost::asio::posix::stream_descriptor;

  template <typename Step>
  void guarded(Step step);
  void enter(Stage stage);
  void run();
  bool step();
  void arm(Descriptor::wait_type event);
  bool await(Descriptor::wait_type event);
  bool over(Ending ending);

  bool arrive();
  bool read();
  bool follow(RequestReader::Outcome outcome);
  bool take_token();
  void serve();
  void exchange();
  void answer(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body);
  bool write();
  bool answered();
  bool leave();
  std::optional<Ending> overdue(Time now) const;
  Ending last_ending() const;

  Keeper& keeper_;
  const WebRoom& room_;
  const ConnectionId id_;
  Source source_;
  Stage stage_;
  Time since_;     // the beginning of this stage
  Time progress_;  // the last byte that went out
  bool armed_ = false;
  bool running_ = false;
  bool settled_ = false;
  bool ends_when_answered_ = false;
  bool head_read_ = false;
  std::size_t thrown_away_ = 0;
  Descriptor client_;
  Arrival arrival_;
  RequestReader reader_;
  TokenBucket bucket_;
  FramePointer frame_;  // being written
  std::span<const std::uint8_t> head_;
  std::span<const std::uint8_t> body_;
};

}  // namespace meldpunt::gateway
