// Time, handed in: the wall clock for what is written down, the steady one for beats. Only a
// program's main() makes a SystemClock; tests, and the page's core, hand in a clock of their own.
#pragma once

#include <chrono>

#include "crypto/hierarchy.h"

namespace meldpunt::client {

class WallClock {
 public:
  WallClock() = default;
  WallClock(const WallClock&) = delete;
  WallClock& operator=(const WallClock&) = delete;
  virtual ~WallClock() = default;

  // Seconds since 1970, UTC, by this device.
  [[nodiscard]] virtual std::chrono::seconds now() const = 0;
};

class Clock : public WallClock {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  [[nodiscard]] virtual Steady steady() const = 0;
  virtual void sleep_until(Steady time) = 0;
};

class SystemClock : public Clock {
 public:
  [[nodiscard]] std::chrono::seconds now() const override;
  [[nodiscard]] Steady steady() const override;
  void sleep_until(Steady time) override;
};

[[nodiscard]] constexpr crypto::Hour hour_of(std::chrono::seconds time) {
  return static_cast<crypto::Hour>(time.count() / 3600);
}

[[nodiscard]] constexpr crypto::Day day_of(std::chrono::seconds time) {
  return crypto::day_of(hour_of(time));
}

}  // namespace meldpunt::client
