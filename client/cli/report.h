// `meldpunt report`: the first thing a reporter sends, and the code to come back with.
#pragma once

#include "client/cli/command.h"

namespace meldpunt::client {

Outcome<void> report(Call& call);
[[nodiscard]] config::Table report_options();

}  // namespace meldpunt::client
