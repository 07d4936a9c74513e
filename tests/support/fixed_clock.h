// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "server/clock.h"

namespace meldpunt::server::test {

class FixedClock : public Clock {
 public:
  explicit FixedClock(std::uint64_t unix_seconds) : unix_seconds_(unix_seconds) {}

  [[nodiscard]] Moment steady() const override {
    return Moment(std::chrono::milliseconds(steady_));
  }
  [[nodiscard]] std::uint64_t unix_seconds() const override { return unix_seconds_; }

  // Both clocks go on.
  void pass(std::chrono::milliseconds time) {
    steady_ += time.count();
    unix_seconds_ += static_cast<std::uint64_t>(time.count() / 1000);
  }
  // Only the wall's clock: somebody set it.
  void set_wall(std::uint64_t unix_seconds) { unix_seconds_ = unix_seconds; }

 private:
  std::atomic<std::int64_t> steady_ = 1'000'000;
  std::atomic<std::uint64_t> unix_seconds_;
};

}  // namespace meldpunt::server::test
