// `meldpunt message`: something more under the same code: words, the answer to a question for
// consent, or the request to erase everything.
#pragma once

#include "client/cli/command.h"

namespace meldpunt::client {

Outcome<void> message(Call& call);
[[nodiscard]] config::Table message_options();

}  // namespace meldpunt::client
