// Answers ZeroMQ's question who may connect (ZAP, RFC 27): on the reporters' door everyone with a
// CURVE key, on the staff door the devices of the roster in force that are valid today.
//
// Its thread ends when the context is shut down.
#pragma once

#include <thread>
#include <zmq.hpp>

#include "server/authority.h"
#include "server/clock.h"

namespace meldpunt::server {

class Gatekeeper {
 public:
  // Must exist before any socket is bound. All arguments outlive it.
  Gatekeeper(zmq::context_t& context, const Authority& authority, const Clock& clock);
  ~Gatekeeper();
  Gatekeeper(const Gatekeeper&) = delete;
  Gatekeeper& operator=(const Gatekeeper&) = delete;

 private:
  void run();
  void answer();

  zmq::socket_t socket_;
  const Authority& authority_;
  const Clock& clock_;
  std::thread thread_;
};

// The user id that a staff connection carries: the device id in hexadecimal.
[[nodiscard]] std::string user_id_of(const crypto::DeviceId& device);
[[nodiscard]] std::optional<crypto::DeviceId> device_of(std::string_view user_id);

}  // namespace meldpunt::server
