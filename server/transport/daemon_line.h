// The gateway's own connections to the daemon, for what comes in from the web: DEALER with CURVE,
// each under a key pair of its own that nothing remembers.
//
// Nothing here waits. A descriptor becomes readable when there may be news; it is edge-triggered,
// so after it, and after every send, ask again until the answer is "nothing". Not shared between
// threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <zmq.hpp>

#include "crypto/keys.h"
#include "crypto/wire/frame.h"

namespace meldpunt::server {

// Where the daemon is and which key it must show. Must outlive its lines.
struct DaemonPlace {
  std::string endpoint;  // ipc:///PATH, or tcp://ADDRESS:PORT of another gateway
  crypto::CurveKey server;
  zmq::context_t context{1};
  std::uint64_t watches = 0;  // names the next one
};

class DaemonLine {
 public:
  // zmq::error_t when there are no sockets left.
  explicit DaemonLine(DaemonPlace& place);

  [[nodiscard]] int descriptor() const { return descriptor_of(socket_); }

  // False while it is not connected: nothing was sent then.
  bool send(crypto::FrameView frame);

  // `frame` is set when one came.
  enum class Received : std::uint8_t { nothing, frame, not_a_frame };
  Received receive(std::shared_ptr<const crypto::Frame>& frame);

  // Tells from now on when the connection comes and goes.
  void watch();
  [[nodiscard]] int watch_descriptor() const { return descriptor_of(*watch_); }
  enum class News : std::uint8_t { came, went };
  std::optional<News> news();

 private:
  static int descriptor_of(const zmq::socket_t& socket);

  DaemonPlace& place_;
  zmq::socket_t socket_;
  std::optional<zmq::socket_t> watch_;
};

}  // namespace meldpunt::server
