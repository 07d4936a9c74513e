// A line over ZeroMQ: DEALER with CURVE, to the gateway's TCP endpoint or to a socket on this
// machine, if need be through a SOCKS proxy (Tor).
//
// Every new connection of a stranger has a new key pair, so that nothing ties two visits together;
// staff show their device's key.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "client/lib/transport.h"
#include "crypto/keys.h"

namespace meldpunt::client {

struct Route {
  std::string endpoint;  // "tcp://127.0.0.1:7400", "ipc:///run/meldpunt/reporters.sock"
  crypto::CurveKey server;
  std::string socks_proxy;  // "127.0.0.1:9050"; empty: none
};

// One per process: libzmq closes the system's random generator when its context ends. It must
// outlive its lines. Lines belong to one thread each.
class Network {
 public:
  Network();
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  // `own`: the device's key; null makes a new one for every connection. It is copied.
  [[nodiscard]] std::unique_ptr<Line> line(Route route, const crypto::CurveSecret* own = nullptr);

  // For other sockets of this folder.
  [[nodiscard]] void* context() const { return context_; }

 private:
  void* context_;
};

}  // namespace meldpunt::client
