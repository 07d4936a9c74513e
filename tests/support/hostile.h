// Strangers who do not keep to the protocol: the attacks that are made with a CurvePeer. They take
// an endpoint and the server's public key, so they serve against the gateway with a stand-in behind
// it and against the real daemon alike. Each stops by itself: it is bounded in connections and in
// time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/support/curve_peer.h"

namespace meldpunt::tests {

// What an attack did and what became of it.
struct Attack {
  int connections = 0;
  int cut = 0;               // ended by the other side
  std::uint64_t frames = 0;  // sent completely
  int late = 0;              // of those that were cut: after the attack's own length
};

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
