// What was written while nobody answered: replies and notes that wait, and what becomes of them.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// While nobody answers, both are kept in the home, and sent later: {"waits": true}.
client::Outcome<nlohmann::json> reply(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> note(Workplace& place, const Wish& wish);

// A reply that is held goes after all: its writer has read what came since.
client::Outcome<nlohmann::json> send_held(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> drop_unsent(Workplace& place, const Wish& wish);

// What waited. What can never be sent becomes an alarm.
client::Outcome<void> send_unsent(Workplace& place);

// What waits of a case, for its thread: {"id", "case", "what", "text", "module", "status", "held"}.
[[nodiscard]] nlohmann::json unsent_in_file(const Workplace& place,
                                            const std::vector<crypto::CaseId>& threads);

}  // namespace meldpunt::console
