// What the gateway counts: numbers for all connections together, nothing per address or connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/gateway/ending.h"

namespace meldpunt::gateway {

struct Counters {
  std::uint64_t accepted = 0;
  std::uint64_t accept_pauses = 0;
  std::uint64_t dials = 0;
  std::uint64_t dial_failures = 0;
  std::uint64_t settled = 0;
  std::uint64_t frames = 0;
  std::uint64_t answers = 0;

  // Of the web.
  std::uint64_t pages = 0;
  std::uint64_t not_found = 0;
  std::uint64_t web_frames = 0;      // given to a connection to the daemon
  std::uint64_t web_answers = 0;     // of the daemon, or the notice from memory
  std::uint64_t web_unanswered = 0;  // random bytes instead
  std::uint64_t notices_fetched = 0;

  std::array<std::uint64_t, endings> ended{};

  // Of this moment.
  std::size_t connections = 0;
  std::size_t web_connections = 0;
  std::size_t waiting = 0;

  void count(Ending ending) { ++ended[static_cast<std::size_t>(ending)]; }
};

// The text format of Prometheus.
std::string as_text(const Counters& counters);

}  // namespace meldpunt::gateway
