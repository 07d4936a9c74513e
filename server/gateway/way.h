// One direction of a relayed connection: reads, has the bytes judged, writes what may pass, and
// holds the rest. Nothing more is read while something is held, so a slow peer or a spent token
// slows down the sender and at most one read's bytes are kept.
//
// Idle, it holds no memory: bytes are read into a buffer that all connections share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/gateway/meter.h"

namespace meldpunt::gateway {

class Way {
 public:
  using Judge = Verdict (Meter::*)(std::span<const std::uint8_t>, Time);
  enum class Next : std::uint8_t { again, read, write, wait, reader_left, writer_left, cut };

  // Moves what can be moved in one step from `in` to `out` and says what must happen before the
  // next: `in` becomes readable, `out` writable, or the time of wait_until() comes.
  Next move(int in, int out, std::span<std::uint8_t> shared, Meter& meter, Judge judge, Time now);

  // Bytes that were read before there was a meter.
  void begin_with(std::vector<std::uint8_t> bytes) { held_ = std::move(bytes); }

  bool holds() const { return !held_.empty(); }
  std::optional<Time> wait_until() const { return wait_until_; }
  std::optional<Time> blocked_since() const { return blocked_since_; }
  std::optional<Ending> cut() const { return cut_; }

 private:
  void hold(std::span<const std::uint8_t> bytes, std::size_t sent, std::size_t judged);

  std::vector<std::uint8_t> held_;
  std::size_t judged_ = 0;  // of held_
  std::optional<Time> wait_until_;
  std::optional<Time> blocked_since_;
  std::optional<Ending> cut_;
};

}  // namespace meldpunt::gateway
