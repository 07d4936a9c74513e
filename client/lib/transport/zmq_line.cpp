#include "client/lib/transport/zmq_line.h"

#include <utility>

#include "client/lib/transport/zmq_message.h"

namespace meldpunt::client {

namespace {

using std::chrono::milliseconds;
using Time = std::chrono::steady_clock::time_point;
using transport::Message;
using transport::must;
using transport::set;

// The gateway's bucket may delay a PONG, so these are slow (docs/protocol.md, "Connections").
constexpr int heartbeat_interval = 10'000;
constexpr int heartbeat_timeout = 30'000;

struct CloseSocket {
  void operator()(void* socket) const { zmq_close(socket); }
};
using Socket = std::unique_ptr<void, CloseSocket>;

void set_key(void* socket, int option, crypto::Bytes key) {
  must(zmq_setsockopt(socket, option, key.data(), key.size()));
}

class ZmqLine : public Line {
 public:
  ZmqLine(void* context, Route route, std::optional<crypto::CurveSecret> own)
      : context_(context), route_(std::move(route)), own_(std::move(own)) {}

  Delivery exchange(std::span<std::uint8_t, crypto::frame_size> answer, crypto::FrameView request,
                    milliseconds patience) override {
    const Delivery delivery = try_exchange(answer, request, patience);
    if (delivery != Delivery::answered) socket_.reset();
    return delivery;
  }

 private:
  Delivery try_exchange(std::span<std::uint8_t, crypto::frame_size> answer,
                        crypto::FrameView request, milliseconds patience) {
    const Time until = std::chrono::steady_clock::now() + patience;
    if (!socket_ && !connect()) return Delivery::unreachable;
    if (!wait_for(ZMQ_POLLOUT, until)) return Delivery::unreachable;
    if (zmq_send(socket_.get(), request.data(), request.size(), ZMQ_DONTWAIT) < 0) {
      return Delivery::unreachable;
    }
    if (!wait_for(ZMQ_POLLIN, until)) return Delivery::no_answer;
    Message message;
    if (!message.receive(socket_.get())) return Delivery::no_answer;
    if (message.more() || message.bytes().size() != answer.size()) return Delivery::not_a_frame;
    crypto::copy_bytes(message.bytes(), answer);
    return Delivery::answered;
  }

  bool connect() {
    socket_.reset(zmq_socket(context_, ZMQ_DEALER));
    if (!socket_) throw std::runtime_error(zmq_strerror(zmq_errno()));
    void* socket = socket_.get();
    set(socket, ZMQ_LINGER, 0);
    set(socket, ZMQ_IMMEDIATE, 1);
    set(socket, ZMQ_SNDHWM, 1);
    set(socket, ZMQ_RCVHWM, 1);
    set(socket, ZMQ_IPV6, 1);
    const std::int64_t largest = crypto::zmq_message_size;
    must(zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest, sizeof largest));
    set(socket, ZMQ_HEARTBEAT_IVL, heartbeat_interval);
    set(socket, ZMQ_HEARTBEAT_TIMEOUT, heartbeat_timeout);
    if (own_) {
      show_key(*own_);
    } else {
      show_key(crypto::CurveSecret::generate());
    }
    if (!route_.socks_proxy.empty()) {
      must(zmq_setsockopt(socket, ZMQ_SOCKS_PROXY, route_.socks_proxy.data(),
                          route_.socks_proxy.size()));
    }
    return zmq_connect(socket, route_.endpoint.c_str()) == 0;
  }

  void show_key(const crypto::CurveSecret& key) {
    set_key(socket_.get(), ZMQ_CURVE_SERVERKEY, route_.server.view());
    set_key(socket_.get(), ZMQ_CURVE_PUBLICKEY, key.public_key().view());
    set_key(socket_.get(), ZMQ_CURVE_SECRETKEY, key.secret());
  }

  bool wait_for(short events, Time until) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    zmq_pollitem_t item{socket_.get(), 0, events, 0};
    for (;;) {
      const int ready = zmq_poll(&item, 1, left.count() > 0 ? left.count() : 0);
      if (ready >= 0 || zmq_errno() != EINTR) return ready > 0;
    }
  }

  void* context_;
  Route route_;
  std::optional<crypto::CurveSecret> own_;
  Socket socket_;
};

}  // namespace

Network::Network() : context_(zmq_ctx_new()) {
  if (context_ == nullptr) throw std::runtime_error(zmq_strerror(zmq_errno()));
}

Network::~Network() { zmq_ctx_term(context_); }

std::unique_ptr<Line> Network::line(Route route, const crypto::CurveSecret* own) {
  std::optional<crypto::CurveSecret> key;
  if (own != nullptr) key = crypto::CurveSecret::from_secret(own->secret());
  return std::make_unique<ZmqLine>(context_, std::move(route), std::move(key));
}

}  // namespace meldpunt::client
