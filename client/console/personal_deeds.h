// Notes that a coordinator keeps for herself, on this device alone.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

client::Outcome<nlohmann::json> note_for_me(Workplace& place, const Wish& wish);
client::Outcome<nlohmann::json> drop_note_for_me(Workplace& place, const Wish& wish);

// Of these threads: {"id", "case", "hour", "text"}.
[[nodiscard]] nlohmann::json personal_in_file(const Workplace& place,
                                              const std::vector<crypto::CaseId>& threads);

}  // namespace meldpunt::console
