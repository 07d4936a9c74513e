// Strangers who do not keep to the protocol: a ZMTP/CURVE client written byte by byte, which can
// break every rule, and the attacks that are made with it. They take an endpoint and the server's
// public key, so they serve against the gateway with a stand-in behind it and against the real
// daemon alike.
//
// Everything blocks, with a time-out on each step, and stops by itself: attacks are bounded in
// connections and in time.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "crypto/wire/sizes.h"

namespace meldpunt::tests {

using CurveKey = std::array<std::uint8_t, crypto::curve_key_size>;

struct Target {
  std::string endpoint;  // tcp://127.0.0.1:PORT or ipc:///PATH
  CurveKey server_key{};
  // Which loopback address to come from (127.0.0.2 is another source than 127.0.0.1); empty: any.
  std::string from{};
};

inline constexpr std::uint8_t inner_more = 1;
inline constexpr std::uint8_t inner_command = 2;

class CurvePeer {
 public:
  explicit CurvePeer(const Target& target);
  ~CurvePeer();
  CurvePeer(const CurvePeer&) = delete;
  CurvePeer& operator=(const CurvePeer&) = delete;

  // The steps of a connection; each returns whether it succeeded. handshake() is all of them.
  bool connect();
  bool greet();
  bool shake_hands();
  bool handshake() { return connect() && greet() && shake_hands(); }

  // The outer frame of one encrypted message; every call uses up a nonce.
  std::vector<std::uint8_t> sealed(std::span<const std::uint8_t> message, std::uint8_t inner_flags);

  bool send(std::span<const std::uint8_t> bytes);
  bool send_message(std::span<const std::uint8_t> message, std::uint8_t inner_flags = 0);

  // The next full frame, opened; PINGs of the server are answered. Nothing when the connection
  // ended or the time is up.
  std::optional<std::vector<std::uint8_t>> receive(std::chrono::milliseconds patience);

  // The next outer frame as it came, of any size.
  std::optional<std::vector<std::uint8_t>> receive_outer(std::chrono::milliseconds patience);

  // One honest exchange with a full frame.
  bool exchange(std::chrono::milliseconds patience = std::chrono::seconds(30));

  // Whether the other side closes within this time; reads and drops what comes before.
  bool is_cut(std::chrono::milliseconds within);

  void shrink_receive_buffer();  // before connect()
  void close();

 private:
  bool read_exactly(std::span<std::uint8_t> into, std::chrono::steady_clock::time_point until);
  std::optional<std::vector<std::uint8_t>> read_frame(std::chrono::steady_clock::time_point until);
  std::vector<std::uint8_t> hello();
  std::vector<std::uint8_t> initiate(std::span<const std::uint8_t> welcome);
  std::array<std::uint8_t, 24> next_nonce(const char* prefix);

  Target target_;
  int socket_ = -1;
  bool small_buffer_ = false;
  std::uint64_t nonce_ = 0;
  CurveKey public_{}, secret_{};  // long-term
  CurveKey session_public_{}, session_secret_{};
  CurveKey shared_{};  // precomputed, with the server's session key
};

// What an attack did and what became of it.
struct Attack {
  int connections = 0;
  int cut = 0;               // ended by the other side
  std::uint64_t frames = 0;  // sent completely
};

using Duration = std::chrono::milliseconds;

// Parts of one message, each as large as a frame, as fast as they go; reconnects when cut.
Attack endless_multipart(const Target& target, Duration length);
// The same with a PING after every third part, which beat a credit counted in bytes.
Attack multipart_with_pings(const Target& target, Duration length);
// One message of this many parts of `part_size` bytes.
Attack many_parts(const Target& target, int parts, std::size_t part_size);
// Announces a frame of 2^62 bytes and sends what it can of it.
Attack huge_frame(const Target& target);
// Connections that send nothing, or only the first ten bytes.
Attack silent_peers(const Target& target, int connections, bool greeted, Duration length);
// One byte of the greeting each 200 ms.
Attack slow_handshakes(const Target& target, int connections, Duration length);
// A full handshake, then away, as fast as it goes.
Attack handshake_flood(const Target& target, int threads, Duration length);
// After an honest exchange: the same outer frame again.
Attack replayed_frame(const Target& target);
// One bit of an outer frame flipped, at `bits` places spread over it.
Attack flipped_bits(const Target& target, int bits);
// PINGs without end.
Attack ping_flood(const Target& target, Duration length);
// A PING without its time-out, which libzmq 4.3.4 answers with bytes that are not its own. `cut`
// counts the connections that got nothing.
Attack short_pings(const Target& target, int connections);
// Full frames from peers that never read the answers; they stay until the end.
Attack never_reading(const Target& target, int connections, Duration length);

// A steady flood: this many connections that exchange frames as fast as they get answers, and
// reconnect after `frames` of them (0: never). Runs until stopped.
class Flood {
 public:
  Flood(const Target& target, int connections, int frames);
  ~Flood();
  Flood(const Flood&) = delete;
  Flood& operator=(const Flood&) = delete;

  void stop();
  std::uint64_t exchanges() const { return exchanges_; }
  std::uint64_t handshakes() const { return handshakes_; }

 private:
  void attack(Target target, int frames);

  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> exchanges_ = 0;
  std::atomic<std::uint64_t> handshakes_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace meldpunt::tests
