// The two clocks that the daemon is handed: one that never jumps, for leases, keys and the 250 ms
// grid; and the wall's, for days, hours and the time in the notice.
#pragma once

#include <chrono>
#include <cstdint>

#include "server/storage/store.h"

namespace meldpunt::server {

using Moment = std::chrono::steady_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Moment steady() const = 0;
  [[nodiscard]] virtual std::uint64_t unix_seconds() const = 0;

  [[nodiscard]] Hours hour() const { return static_cast<Hours>(unix_seconds() / 3600); }
  [[nodiscard]] std::uint32_t day() const {
    return static_cast<std::uint32_t>(unix_seconds() / 86400);
  }
};

}  // namespace meldpunt::server
