// A clock that a test moves while other threads look at it.
#pragma once

#include <atomic>

#include "client/lib/clock.h"

namespace meldpunt::console::test {

class MovedClock : public client::Clock {
 public:
  explicit MovedClock(std::chrono::seconds now) : now_(now.count()) {}

  [[nodiscard]] std::chrono::seconds now() const override {
    return std::chrono::seconds(now_ + slept_);
  }
  [[nodiscard]] Steady steady() const override { return Steady(std::chrono::seconds(steady_)); }
  void sleep_until(Steady /*time*/) override {}

  void pass(std::chrono::seconds time) {
    now_ += time.count();
    steady_ += time.count();
  }
  // The machine slept: the steady clock stood still.
  void sleep(std::chrono::seconds time) { slept_ += time.count(); }
  void set_back(std::chrono::seconds time) { now_ -= time.count(); }

 private:
  std::atomic<std::int64_t> now_;
  std::atomic<std::int64_t> slept_{0};
  std::atomic<std::int64_t> steady_{100'000};
};

}  // namespace meldpunt::console::test
