#include "server/transport/socket.h"

#include <array>

namespace meldpunt::server {

namespace {

constexpr int handshake_milliseconds = 15'000;
constexpr int heartbeat_milliseconds = 30'000;
constexpr int heartbeat_timeout_milliseconds = 60'000;
constexpr int high_water = 4;
constexpr int backlog = 4096;

// ZeroMQ takes a key as 32 bytes.
std::string_view key_bytes(crypto::Bytes key) { return crypto::as_text(key); }

}  // namespace

std::string_view domain_of(Door door) {
  return door == Door::staff ? std::string_view("staff") : std::string_view("reporters");
}

zmq::socket_t bind_router(zmq::context_t& context, const std::string& endpoint, Door door,
                          const crypto::CurveSecret& server) {
  namespace option = zmq::sockopt;
  zmq::socket_t socket(context, zmq::socket_type::router);
  socket.set(option::curve_server, true);
  zmq_setsockopt(socket.handle(), ZMQ_CURVE_SECRETKEY, key_bytes(server.secret()).data(),
                 crypto::curve_key_size);
  socket.set(option::zap_domain, std::string(domain_of(door)));
  // ZMQ_ZAP_ENFORCE_DOMAIN is draft API in libzmq 4.3. What it protects against, a staff door
  // without a gatekeeper, fails closed all the same: without a user id every staff request is
  // refused.
  socket.set(option::router_mandatory, true);
  socket.set(option::router_handover, false);
  socket.set(option::rcvhwm, high_water);
  socket.set(option::sndhwm, high_water);
  // Exactly the encrypted message: one byte less refuses every honest request.
  socket.set(option::maxmsgsize, static_cast<std::int64_t>(crypto::zmq_message_size));
  socket.set(option::handshake_ivl, handshake_milliseconds);
  socket.set(option::heartbeat_ivl, heartbeat_milliseconds);
  socket.set(option::heartbeat_timeout, heartbeat_timeout_milliseconds);
  socket.set(option::linger, 1000);
  socket.set(option::backlog, backlog);
  socket.bind(endpoint);
  return socket;
}

}  // namespace meldpunt::server
