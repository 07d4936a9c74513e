// A ZMTP/CURVE client written byte by byte, which can break every rule. Everything blocks, with a
// time-out on each step.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/wire/sizes.h"

namespace meldpunt::tests {

using Duration = std::chrono::milliseconds;
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
  std::optional<std::vector<std::uint8_t>> receive(Duration patience);

  // The next outer frame as it came, of any size.
  std::optional<std::vector<std::uint8_t>> receive_outer(Duration patience);

  // One honest exchange with a full frame.
  bool exchange(Duration patience = std::chrono::seconds(30));

  // Whether the other side closes within this time; reads and drops what comes before.
  bool is_cut(Duration within);

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

// What a client sends: its greeting, a message of a frame's size, and a PING command.
std::vector<std::uint8_t> greeting();
const std::vector<std::uint8_t>& full_message();
std::vector<std::uint8_t> ping();

}  // namespace meldpunt::tests
