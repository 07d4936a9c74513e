// `meldpunt check` and `meldpunt burn`: what waits under a code, and erasing it.
#pragma once

#include "client/cli/command.h"

namespace meldpunt::client {

Outcome<void> check(Call& call);
[[nodiscard]] config::Table check_options();

Outcome<void> burn(Call& call);
[[nodiscard]] config::Table burn_options();

}  // namespace meldpunt::client
