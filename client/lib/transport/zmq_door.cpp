#include "client/lib/transport/zmq_door.h"

#include "client/lib/transport/zmq_message.h"

namespace meldpunt::client {

namespace {

using transport::Message;
using transport::must;
using transport::set;

constexpr int look_every = 100;
constexpr int handshake = 15'000;
constexpr int high_water = 4;

// The rest of a message that is no frame.
void drain(void* socket, bool more) {
  while (more) {
    Message part;
    if (!part.receive(socket)) return;
    more = part.more();
  }
}

}  // namespace

struct Door::Socket {
  explicit Socket(void* opened) : handle(opened) {
    if (handle == nullptr) throw std::runtime_error(zmq_strerror(zmq_errno()));
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { zmq_close(handle); }

  void* handle;
};

Door::Door(Network& network, const std::string& endpoint, const crypto::CurveSecret& own)
    : socket_(std::make_unique<Socket>(zmq_socket(network.context(), ZMQ_ROUTER))) {
  void* socket = socket_->handle;
  set(socket, ZMQ_CURVE_SERVER, 1);
  must(zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, own.secret().data(), own.secret().size()));
  set(socket, ZMQ_ROUTER_MANDATORY, 1);
  set(socket, ZMQ_RCVHWM, high_water);
  set(socket, ZMQ_SNDHWM, high_water);
  const std::int64_t largest = crypto::zmq_message_size;
  must(zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest, sizeof largest));
  set(socket, ZMQ_HANDSHAKE_IVL, handshake);
  set(socket, ZMQ_LINGER, 1000);
  must(zmq_bind(socket, endpoint.c_str()));
}

Door::~Door() = default;

void Door::serve(const Answer& answer, const std::function<bool()>& stop) {
  while (!stop()) {
    zmq_pollitem_t item{socket_->handle, 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, look_every) > 0) answer_all(answer);
  }
}

void Door::answer_all(const Answer& answer) {
  void* socket = socket_->handle;
  Message route;
  Message question;
  while (route.receive(socket)) {
    if (!route.more() || !question.receive(socket)) continue;
    if (question.more() || question.bytes().size() != crypto::frame_size) {
      drain(socket, question.more());
      continue;
    }
    crypto::Frame said{};
    answer(said, question.bytes().first<crypto::frame_size>());
    // A connection that is gone loses its answer: it asks again.
    const crypto::Bytes to = route.bytes();
    if (zmq_send(socket, to.data(), to.size(), ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0) continue;
    (void)zmq_send(socket, said.data(), said.size(), ZMQ_DONTWAIT);
  }
}

}  // namespace meldpunt::client
