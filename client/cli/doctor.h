// `meldpunt doctor`: what is wrong with pin, keys, clock or connection, and what to do about it;
// with --page with a served page, and with --home with that device, whose journal ends in five
// words. On the line to the region's server it is a visit like any other.
#pragma once

#include "client/cli/command.h"

namespace meldpunt::client {

Outcome<void> doctor(Call& call);
[[nodiscard]] config::Table doctor_options();

}  // namespace meldpunt::client
