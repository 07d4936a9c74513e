// What the gateway allows one connection and all of them together. The values of each instance are
// in the options table (config/gateway_options.h).
#pragma once

#include <cstddef>

#include "server/gateway/token_bucket.h"

namespace meldpunt::gateway {

struct Limits {
  // One connection.
  int unanswered = 2;             // full frames without an answer
  int small_frames = 64;          // between two answers
  int burst = 8;                  // full frames at once: one visit
  Duration frame_interval{};      // and then one per interval
  Duration handshake{};           // from accept to greeting, and from greeting to READY
  Duration idle{};                // without a full frame
  Duration drain{};               // for taking what is ready to be read
  std::size_t socket_buffer = 0;  // asked of the kernel, which doubles it

  // All connections.
  std::size_t connections = 0;
  int dial_burst = 1;        // connections let in at once
  Duration dial_interval{};  // and then one per interval
  Duration turn{};           // a source that dials more often than this comes after newcomers
  Duration memory{};         // and is held back at most this long
};

// And what it allows the web besides.
struct WebLimits {
  Duration head{};    // from a request's first byte to the end of its head
  Duration body{};    // for the frame after it
  Duration send{};    // for taking one answer
  Duration answer{};  // for the daemon
  std::size_t connections = 0;
  std::size_t daemon_connections = 1;
};

}  // namespace meldpunt::gateway
