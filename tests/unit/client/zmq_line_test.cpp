#include "client/lib/transport/zmq_line.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zmq.h>

#include <filesystem>
#include <future>
#include <thread>

namespace meldpunt::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A ROUTER with CURVE on a unix socket that answers `rounds` messages by what `answer` makes of
// them.
class ARouter {
 public:
  using Answer = std::function<void(void* router, zmq_msg_t* peer, crypto::Buffer message)>;

  ARouter(const crypto::CurveSecret& key, int rounds, Answer answer)
      : directory_(std::filesystem::temp_directory_path() /
                   ("meldpunt-line-" + std::to_string(::getpid()))),
        context_(zmq_ctx_new()),
        router_(zmq_socket(context_, ZMQ_ROUTER)) {
    std::filesystem::create_directories(directory_);
    const int one = 1;
    const int zero = 0;
    const int patience = 5000;
    zmq_setsockopt(router_, ZMQ_CURVE_SERVER, &one, sizeof one);
    zmq_setsockopt(router_, ZMQ_LINGER, &zero, sizeof zero);
    zmq_setsockopt(router_, ZMQ_RCVTIMEO, &patience, sizeof patience);
    zmq_setsockopt(router_, ZMQ_CURVE_SECRETKEY, key.secret().data(), crypto::curve_key_size);
    EXPECT_EQ(zmq_bind(router_, endpoint().c_str()), 0);
    thread_ = std::thread([this, rounds, answer = std::move(answer)] { serve(rounds, answer); });
  }
  ~ARouter() {
    thread_.join();
    zmq_close(router_);
    zmq_ctx_term(context_);
    std::filesystem::remove_all(directory_);
  }
  ARouter(const ARouter&) = delete;
  ARouter& operator=(const ARouter&) = delete;

  [[nodiscard]] std::string endpoint() const { return "ipc://" + (directory_ / "sock").string(); }

 private:
  void serve(int rounds, const Answer& answer) {
    for (int round = 0; round < rounds; ++round) {
      zmq_msg_t peer;
      zmq_msg_t message;
      zmq_msg_init(&peer);
      zmq_msg_init(&message);
      if (zmq_msg_recv(&peer, router_, 0) >= 0 && zmq_msg_recv(&message, router_, 0) >= 0) {
        const auto* bytes = static_cast<const std::uint8_t*>(zmq_msg_data(&message));
        answer(router_, &peer, crypto::Buffer(bytes, bytes + zmq_msg_size(&message)));
      }
      zmq_msg_close(&message);
      zmq_msg_close(&peer);
    }
  }

  std::filesystem::path directory_;
  void* context_;
  void* router_;
  std::thread thread_;
};

void reply(void* router, zmq_msg_t* peer, const crypto::Buffer& message, int flags = 0) {
  zmq_msg_send(peer, router, ZMQ_SNDMORE);
  zmq_send(router, message.data(), message.size(), flags);
}

class AZmqLine : public ::testing::Test {
 protected:
  Delivery exchange(Line& line, milliseconds patience = seconds(5)) {
    crypto::fill_random(request_);
    return line.exchange(answer_, request_, patience);
  }

  crypto::CurveSecret key_ = crypto::CurveSecret::generate();
  crypto::Frame request_{};
  crypto::Frame answer_{};
  Network network_;
};

TEST_F(AZmqLine, CarriesOneFrameEachWay) {
  ARouter router(key_, 2, [](void* socket, zmq_msg_t* peer, crypto::Buffer message) {
    std::ranges::reverse(message);
    reply(socket, peer, message);
  });
  const auto line = network_.line({router.endpoint(), key_.public_key(), ""});

  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(exchange(*line), Delivery::answered);
    std::ranges::reverse(answer_);
    EXPECT_EQ(answer_, request_);
  }
}

TEST_F(AZmqLine, SaysThatNobodyIsThere) {
  const auto line = network_.line({"ipc:///nonexistent/socket", key_.public_key(), ""});

  EXPECT_EQ(exchange(*line, milliseconds(50)), Delivery::unreachable);
}

TEST_F(AZmqLine, ConnectsToNobodyWithAnotherKey) {
  ARouter router(key_, 0, {});
  const auto stranger = crypto::CurveSecret::generate();
  const auto line = network_.line({router.endpoint(), stranger.public_key(), ""});

  EXPECT_EQ(exchange(*line, milliseconds(300)), Delivery::unreachable);
}

TEST_F(AZmqLine, NeverTakesALateAnswerForTheNextOne) {
  std::promise<void> given_up;
  const auto late = given_up.get_future().share();
  ARouter router(key_, 2, [late](void* socket, zmq_msg_t* peer, crypto::Buffer message) {
    late.wait();
    reply(socket, peer, message);
  });
  const auto line = network_.line({router.endpoint(), key_.public_key(), ""});

  // Long enough for a busy machine to shake hands in.
  const auto first = exchange(*line, seconds(2));
  given_up.set_value();
  EXPECT_EQ(first, Delivery::no_answer);
  ASSERT_EQ(exchange(*line), Delivery::answered);
  EXPECT_EQ(answer_, request_);
}

TEST_F(AZmqLine, RefusesWhatIsNotOneFrame) {
  int round = 0;
  ARouter router(key_, 2, [&](void* socket, zmq_msg_t* peer, crypto::Buffer message) {
    if (round++ == 0) {
      message.pop_back();
      reply(socket, peer, message);
    } else {
      reply(socket, peer, message, ZMQ_SNDMORE);
      zmq_send(socket, "", 0, 0);
    }
  });
  const auto line = network_.line({router.endpoint(), key_.public_key(), ""});

  EXPECT_EQ(exchange(*line), Delivery::not_a_frame);
  EXPECT_EQ(exchange(*line), Delivery::not_a_frame);
}

}  // namespace
}  // namespace meldpunt::client
