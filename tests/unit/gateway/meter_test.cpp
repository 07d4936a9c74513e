#include "server/gateway/meter.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <vector>

#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

Limits a_limit() {
  Limits limits;
  limits.unanswered = 2;
  limits.small_frames = 64;
  limits.burst = 8;
  limits.frame_interval = 1s;
  limits.handshake = 10s;
  limits.idle = 60s;
  return limits;
}

Bytes a_greeting() {
  Bytes bytes{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 'C', 'U', 'R', 'V', 'E'};
  bytes.resize(greeting_size);
  return bytes;
}

Bytes a_frame(std::uint64_t size, std::uint8_t flags = 0) {
  Bytes bytes;
  if (size > 255) {
    bytes.push_back(flags | flag_long);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<std::uint8_t>(size >> shift));
    }
  } else {
    bytes = {flags, static_cast<std::uint8_t>(size)};
  }
  bytes.resize(bytes.size() + size);
  return bytes;
}

class MeterTest : public testing::Test {
 protected:
  Verdict client(const Bytes& bytes) { return meter_.from_client(bytes, now_); }
  Verdict daemon(const Bytes& bytes) { return meter_.from_daemon(bytes, now_); }

  void pass_client(const Bytes& bytes) {
    const Verdict verdict = client(bytes);
    ASSERT_FALSE(verdict.cut);
    ASSERT_EQ(verdict.passed, bytes.size());
  }
  void pass_daemon(const Bytes& bytes) {
    const Verdict verdict = daemon(bytes);
    ASSERT_FALSE(verdict.cut);
    ASSERT_EQ(verdict.passed, bytes.size());
  }
  void settle() {
    pass_client(a_greeting());
    pass_daemon(a_greeting());
    pass_client(a_frame(hello_size, flag_command));
    pass_daemon(a_frame(welcome_size, flag_command));
    pass_client(a_frame(292, flag_command));
    pass_daemon(a_frame(80, flag_command));
    ASSERT_TRUE(meter_.settled());
  }
  void exchange() {
    pass_client(a_frame(full_frame_size));
    pass_daemon(a_frame(full_frame_size));
  }

  const Limits limits_ = a_limit();
  Time now_ = Time{} + 1000s;
  Meter meter_{limits_, now_};
};

TEST_F(MeterTest, PassesAHandshakeAndExchangesInAnySplit) {
  Bytes up = a_greeting();
  for (const Bytes& frame : {a_frame(hello_size, flag_command), a_frame(512, flag_command)}) {
    up.insert(up.end(), frame.begin(), frame.end());
  }
  for (const std::uint8_t byte : up) pass_client({byte});
  pass_daemon(a_greeting());
  pass_daemon(a_frame(welcome_size, flag_command));
  pass_daemon(a_frame(80, flag_command));
  for (const std::uint8_t byte : a_frame(full_frame_size)) pass_client({byte});
  for (const std::uint8_t byte : a_frame(full_frame_size)) pass_daemon({byte});

  EXPECT_EQ(meter_.frames(), 1U);
  EXPECT_EQ(meter_.answers(), 1U);
  EXPECT_EQ(meter_.unanswered(), 0);
}

TEST_F(MeterTest, CutsAGreetingThatIsNotACurveClientOfVersion3) {
  const struct {
    const char* what;
    std::size_t place;
    std::uint8_t byte;
  } rows[] = {
      {"signature starts otherwise", 0, 0xfe},
      {"signature ends otherwise", 9, 0x7e},
      {"version 2", 10, 2},
      {"mechanism NULL", 12, 'N'},
      {"longer mechanism name", 17, 'X'},
      {"a server", 32, 1},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Bytes greeting = a_greeting();
    greeting[row.place] = row.byte;
    Meter meter(limits_, now_);

    const Verdict verdict = meter.from_client(greeting, now_);

    EXPECT_EQ(verdict.cut, Ending::greeting);
    EXPECT_EQ(verdict.passed, row.place);
  }
}

TEST_F(MeterTest, CutsAHandshakeOfOtherLengthsOrOrder) {
  const struct {
    const char* what;
    Bytes first, second;
  } rows[] = {
      {"short HELLO", a_frame(199, flag_command), {}},
      {"HELLO that is no command", a_frame(hello_size), {}},
      {"INITIATE first", a_frame(292, flag_command), {}},
      {"full frame first", a_frame(full_frame_size), {}},
      {"HELLO twice", a_frame(hello_size, flag_command), a_frame(hello_size, flag_command)},
      {"short INITIATE", a_frame(hello_size, flag_command), a_frame(256, flag_command)},
      {"long INITIATE", a_frame(hello_size, flag_command), a_frame(513, flag_command)},
      {"INITIATE with MORE", a_frame(hello_size, flag_command),
       a_frame(292, flag_command | flag_more)},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Meter meter(limits_, now_);
    meter.from_client(a_greeting(), now_);
    Verdict verdict = meter.from_client(row.first, now_);
    if (!row.second.empty()) {
      EXPECT_FALSE(verdict.cut);
      verdict = meter.from_client(row.second, now_);
    }

    EXPECT_EQ(verdict.cut, Ending::frame);
  }
}

TEST_F(MeterTest, CutsAFrameBeforeTheHandshakeIsDone) {
  pass_client(a_greeting());
  pass_client(a_frame(hello_size, flag_command));
  pass_client(a_frame(292, flag_command));

  EXPECT_EQ(client(a_frame(full_frame_size)).cut, Ending::frame);
}

TEST_F(MeterTest, KnowsOnlyTheLengthsOfTheProtocol) {
  for (std::uint64_t size = 0; size < 20000; size = size < 600 ? size + 1 : size + 97) {
    Meter meter(limits_, now_);
    meter.from_client(a_greeting(), now_);
    meter.from_client(a_frame(hello_size, flag_command), now_);
    meter.from_client(a_frame(292, flag_command), now_);
    meter.from_daemon(a_greeting(), now_);
    meter.from_daemon(a_frame(welcome_size, flag_command), now_);
    meter.from_daemon(a_frame(80, flag_command), now_);

    const bool refused = meter.from_client(a_frame(size), now_).cut == Ending::frame;

    EXPECT_EQ(refused, size < 40 || size > 55) << size;
  }
}

TEST_F(MeterTest, NeverPassesTheLastByteOfAHeaderItRefuses) {
  settle();

  const Verdict verdict = client(a_frame(full_frame_size + 1));

  EXPECT_EQ(verdict.cut, Ending::frame);
  EXPECT_EQ(verdict.passed, 8U);
}

TEST_F(MeterTest, CutsOuterFlagsAndTheLongFormOfASmallFrame) {
  settle();
  EXPECT_EQ(client(a_frame(full_frame_size, flag_more)).cut, Ending::frame);

  Meter other(limits_, now_);
  other.from_client(a_greeting(), now_);
  EXPECT_EQ(other.from_client(Bytes{flag_command | flag_long, 0, 0, 0, 0, 0, 0, 0, 200}, now_).cut,
            Ending::frame);
}

TEST_F(MeterTest, CutsTheThirdUnansweredFrame) {
  settle();
  pass_client(a_frame(full_frame_size));
  pass_client(a_frame(full_frame_size));

  EXPECT_EQ(client(a_frame(full_frame_size)).cut, Ending::unanswered);
}

TEST_F(MeterTest, CountsAnswersNotBytes) {
  settle();
  pass_client(a_frame(full_frame_size));
  pass_client(a_frame(full_frame_size));
  for (int count = 0; count < 50; ++count) {
    pass_client(a_frame(55));
    pass_daemon(a_frame(53));
  }

  EXPECT_EQ(client(a_frame(full_frame_size)).cut, Ending::unanswered);
}

TEST_F(MeterTest, CutsTheSixtyFifthSmallFrameBetweenAnswers) {
  settle();
  for (int count = 0; count < 64; ++count) pass_client(a_frame(ping_size));
  exchange();
  for (int count = 0; count < 64; ++count) pass_client(a_frame(ping_size));

  EXPECT_EQ(client(a_frame(ping_size)).cut, Ending::small_frames);
}

TEST_F(MeterTest, PassesAPongOnlyForAPing) {
  settle();
  pass_daemon(a_frame(ping_size));
  pass_client(a_frame(pong_size));

  EXPECT_EQ(client(a_frame(pong_size)).cut, Ending::frame);
}

TEST_F(MeterTest, NeverPassesTheAnswerToAShortPing) {
  settle();
  pass_daemon(a_frame(ping_size));
  pass_client(a_frame(39));

  EXPECT_EQ(daemon(a_frame(over_read_size)).cut, Ending::daemon_frame);
}

TEST_F(MeterTest, CutsADaemonThatSaysWhatItNeverSays) {
  for (const std::uint64_t size : {0U, 37U, 56U, 100U, 16416U, 16418U}) {
    SCOPED_TRACE(size);
    Meter meter(limits_, now_);
    meter.from_daemon(a_greeting(), now_);
    meter.from_daemon(a_frame(welcome_size, flag_command), now_);
    meter.from_daemon(a_frame(80, flag_command), now_);

    EXPECT_EQ(meter.from_daemon(a_frame(size), now_).cut, Ending::daemon_frame);
  }
}

TEST_F(MeterTest, HoldsAFrameUntilItsTokenIsThere) {
  settle();
  for (int count = 0; count < 8; ++count) exchange();
  const Bytes ninth = a_frame(full_frame_size);

  const Verdict held = client(ninth);
  now_ += 999ms;
  const Verdict still_held = client(Bytes(ninth.begin() + 8, ninth.end()));
  now_ += 1ms;
  const Verdict passed = client(Bytes(ninth.begin() + 8, ninth.end()));

  EXPECT_EQ(held.passed, 8U);  // all of the header but its last byte
  ASSERT_TRUE(held.wait_until);
  EXPECT_EQ(*held.wait_until, now_);
  EXPECT_EQ(still_held.passed, 0U);
  EXPECT_TRUE(still_held.wait_until);
  EXPECT_EQ(passed.passed, ninth.size() - 8);
  EXPECT_FALSE(passed.wait_until);
}

TEST_F(MeterTest, CutsWhoTakesTooLongOverTheHandshake) {
  EXPECT_EQ(meter_.overdue(now_ + 10s), std::nullopt);
  EXPECT_EQ(meter_.overdue(now_ + 10s + 1ms), Ending::handshake_slow);
}

TEST_F(MeterTest, CutsWhoSendsOnlyPings) {
  settle();
  for (int count = 0; count < 12; ++count) {
    now_ += 5s;
    pass_client(a_frame(ping_size));
  }

  EXPECT_EQ(meter_.overdue(now_), std::nullopt);
  EXPECT_EQ(meter_.overdue(now_ + 1ms), Ending::idle);
}

TEST_F(MeterTest, CountsIdlenessFromTheLastWholeFrame) {
  settle();
  now_ += 50s;
  Bytes almost = a_frame(full_frame_size);
  almost.pop_back();
  pass_client(almost);
  now_ += 11s;
  EXPECT_EQ(meter_.overdue(now_), Ending::idle);

  pass_client({0});

  EXPECT_EQ(meter_.overdue(now_), std::nullopt);
}

TEST_F(MeterTest, TakesAnyBytesWhatever) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    Meter meter(limits_, now_);
    if (round % 2 == 0) meter.from_client(a_greeting(), now_);
    Bytes noise(random() % 400);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());

    const Verdict up = meter.from_client(noise, now_);
    const Verdict down = meter.from_daemon(noise, now_);

    EXPECT_LE(up.passed, noise.size());
    EXPECT_LE(down.passed, noise.size());
    EXPECT_TRUE(up.cut || up.passed == noise.size());
  }
}

// A client that sends random frames of the protocol can never have more in the daemon than the
// limits say.
class RandomClient {
 public:
  RandomClient(const Limits& limits, Time now) : meter_(limits, now), now_(now) {
    meter_.from_client(a_greeting(), now);
    meter_.from_client(a_frame(hello_size, flag_command), now);
    meter_.from_client(a_frame(292, flag_command), now);
    meter_.from_daemon(a_greeting(), now);
    meter_.from_daemon(a_frame(welcome_size, flag_command), now);
    meter_.from_daemon(a_frame(80, flag_command), now);
  }

  // False once it has been cut.
  bool step(std::mt19937& random) {
    const auto choice = random() % 10;
    if (choice == 0 && full > 0) {
      meter_.from_daemon(a_frame(full_frame_size), now_);
      --full;
      small = 0;
      return true;
    }
    const std::uint64_t size = choice < 4 ? full_frame_size : ping_size + random() % 16;
    if (meter_.from_client(a_frame(size), now_).cut) return false;
    ++(size == full_frame_size ? full : small);
    return true;
  }

  int full = 0;  // frames without an answer
  int small = 0;

 private:
  Meter meter_;
  Time now_;
};

TEST_F(MeterTest, NeverLetsMoreThroughThanItsLimits) {
  std::mt19937 random(5);
  Limits limits = a_limit();
  limits.burst = 1000;
  for (int round = 0; round < 300; ++round) {
    RandomClient client(limits, now_);
    while (client.step(random)) {
      ASSERT_LE(client.full, 2);
      ASSERT_LE(client.small, 64);
    }
  }
}

}  // namespace
}  // namespace meldpunt::gateway
