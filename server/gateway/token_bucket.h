// A token bucket: `burst` at once, then one per `interval`. Time is handed in.
//
// Kept as the one moment at which the bucket would be full again, so that it needs no refilling.
#pragma once

#include <algorithm>
#include <chrono>

namespace meldpunt::gateway {

using Time = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

class TokenBucket {
 public:
  TokenBucket(int burst, Duration interval)
      : interval_(interval), room_(interval * (std::max(burst, 1) - 1)) {}

  // When a token can be had next; in the past when there is one now.
  Time ready_at() const { return full_at_ - room_; }

  bool take(Time now) {
    if (ready_at() > now) return false;
    // Not std::max, which returns a reference: g++ 12 at -O2 then reads the old full_at_ for ever
    // when take() is called in a loop.
    if (full_at_ < now) full_at_ = now;
    full_at_ += interval_;
    return true;
  }

 private:
  Duration interval_;
  Duration room_;
  // Not Time::min(): subtracting from that overflows.
  Time full_at_{};
};

}  // namespace meldpunt::gateway
