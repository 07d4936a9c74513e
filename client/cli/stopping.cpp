#include "client/cli/stopping.h"

#include <algorithm>
#include <csignal>

namespace meldpunt::client {

namespace {

volatile sig_atomic_t stopped = 0;

void stop(int) { stopped = 1; }

}  // namespace

void stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = stop;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

bool stop_asked() { return stopped != 0; }

void sleep_unless_stopped(Clock& clock, std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds slice{100};
  const auto until = clock.steady() + duration;
  while (!stop_asked() && clock.steady() < until) {
    clock.sleep_until(std::min(until, clock.steady() + slice));
  }
}

}  // namespace meldpunt::client
