// SIGTERM and SIGINT, for commands that run until they are told to stop.
#pragma once

#include "client/lib/clock.h"

namespace meldpunt::client {

void stop_on_signals();
[[nodiscard]] bool stop_asked();
// Looks ten times a second whether it should stop.
void sleep_unless_stopped(Clock& clock, std::chrono::milliseconds duration);

}  // namespace meldpunt::client
