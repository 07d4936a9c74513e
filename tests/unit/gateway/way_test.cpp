#include "server/gateway/way.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>

#include "server/gateway/socket.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

// The daemon's direction, because 64 bytes of its greeting pass whatever they are.
class WayTest : public testing::Test {
 protected:
  WayTest() {
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sender_.data());
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, receiver_.data());
  }
  ~WayTest() override {
    for (const int socket : {sender_[0], sender_[1], receiver_[0], receiver_[1]}) close(socket);
  }

  Way::Next move() {
    return way_.move(sender_[1], receiver_[0], shared_, meter_, &Meter::from_daemon, now_);
  }
  Bytes received() {
    Bytes bytes(200000);
    const Transfer read = receive(receiver_[1], bytes);
    bytes.resize(read.bytes);
    return bytes;
  }

  std::array<int, 2> sender_{};
  std::array<int, 2> receiver_{};
  std::array<std::uint8_t, 32768> shared_{};
  Time now_ = Time{} + 1000s;
  const Limits limits_{};
  Meter meter_{limits_, now_};
  Way way_;
};

TEST_F(WayTest, WaitsForTheSender) { EXPECT_EQ(move(), Way::Next::read); }

TEST_F(WayTest, PassesWhatIsThereAndHoldsNothing) {
  send(sender_[0], Bytes(20, 7));

  EXPECT_EQ(move(), Way::Next::again);
  EXPECT_EQ(received(), Bytes(20, 7));
  EXPECT_FALSE(way_.holds());
}

TEST_F(WayTest, BeginsWithWhatWasReadBefore) {
  way_.begin_with(Bytes(10, 1));
  send(sender_[0], Bytes(5, 2));

  EXPECT_EQ(move(), Way::Next::again);
  EXPECT_EQ(move(), Way::Next::again);
  Bytes expected(10, 1);
  expected.resize(15, 2);
  EXPECT_EQ(received(), expected);
}

TEST_F(WayTest, HoldsWhatTheReceiverDoesNotTakeAndSaysSinceWhen) {
  while (send(receiver_[0], Bytes(4096)).bytes > 0) {
  }
  send(sender_[0], Bytes(20, 7));

  EXPECT_EQ(move(), Way::Next::write);
  now_ += 5s;
  EXPECT_EQ(move(), Way::Next::write);
  EXPECT_EQ(way_.blocked_since(), now_ - 5s);

  while (!received().empty()) {
  }
  EXPECT_EQ(move(), Way::Next::again);
  EXPECT_EQ(received(), Bytes(20, 7));
  EXPECT_EQ(way_.blocked_since(), std::nullopt);
}

TEST_F(WayTest, SaysWhoLeft) {
  shutdown(sender_[0], SHUT_WR);
  EXPECT_EQ(move(), Way::Next::reader_left);

  way_.begin_with(Bytes(3, 1));
  shutdown(receiver_[1], SHUT_RD);
  close(std::exchange(receiver_[1], dup(sender_[0])));
  EXPECT_EQ(move(), Way::Next::writer_left);
}

TEST_F(WayTest, CutsWhatTheMeterRefuses) {
  send(sender_[0], Bytes(70, 0));

  EXPECT_EQ(move(), Way::Next::cut);
  EXPECT_EQ(way_.cut(), Ending::daemon_frame);
}

}  // namespace
}  // namespace meldpunt::gateway
