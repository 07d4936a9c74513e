// What the commands of consent and escalation share.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/cli/staff.h"
#include "client/lib/inbox.h"

namespace meldpunt::client {

// What an escalation says. `rosters` names the devices.
void show(Terminal& terminal, const crypto::Escalation& escalation, const RosterHistory& rosters);

// What is to be countersigned, as its second person sees it.
void show(Terminal& terminal, const crypto::ToCountersign& request, const RosterHistory& rosters);

// --yes, or a person who types yes. EX_USAGE when nobody can be asked.
Outcome<bool> confirmed(Call& call, std::string_view question);

// What the file that the option names says, without the ends of its last lines; empty without the
// option.
Outcome<std::string> text_option(Call& call, const std::string& name, std::size_t most);

// What `case` shows of consent, escalations, answers and erasure.
[[nodiscard]] Outcome<nlohmann::json> show_handovers(Call& call, Casework& casework,
                                                     const crypto::CaseId& subject);

}  // namespace meldpunt::client
