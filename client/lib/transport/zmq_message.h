// What both ends of a connection need of ZeroMQ. Included in this folder only.
#pragma once

#include <zmq.h>

#include <stdexcept>

#include "crypto/bytes.h"

namespace meldpunt::client::transport {

// Throws when ZeroMQ says no, which is a broken invariant here.
inline void must(int result) {
  if (result < 0) throw std::runtime_error(zmq_strerror(zmq_errno()));
}

inline void set(void* socket, int option, int value) {
  must(zmq_setsockopt(socket, option, &value, sizeof value));
}

// One part of a message; its bytes live as long as it.
class Message {
 public:
  Message() { zmq_msg_init(&message_); }
  ~Message() { zmq_msg_close(&message_); }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  bool receive(void* socket) { return zmq_msg_recv(&message_, socket, ZMQ_DONTWAIT) >= 0; }
  [[nodiscard]] bool more() const { return zmq_msg_more(&message_) != 0; }
  [[nodiscard]] crypto::Bytes bytes() {
    return {static_cast<const std::uint8_t*>(zmq_msg_data(&message_)), zmq_msg_size(&message_)};
  }

 private:
  zmq_msg_t message_{};
};

}  // namespace meldpunt::client::transport
