#include "client/lib/clock.h"

#include <thread>

namespace meldpunt::client {

std::chrono::seconds SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
}

Clock::Steady SystemClock::steady() const { return std::chrono::steady_clock::now(); }

void SystemClock::sleep_until(Steady time) { std::this_thread::sleep_until(time); }

}  // namespace meldpunt::client
