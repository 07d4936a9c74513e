// Cases as JSON: what `meldpunt case --json` prints and what the console shows come from one code.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/casework.h"
#include "crypto/handover_events.h"

namespace meldpunt::client {

// A case in a list: never a text of it.
[[nodiscard]] nlohmann::json json_of(const Case& entry, const Casework& casework);
// One thing that happened in a case, with its text. `story`: of the whole case.
[[nodiscard]] nlohmann::json json_of(const StoryEntry& told, const std::vector<StoryEntry>& story,
                                     const RosterHistory& rosters);
[[nodiscard]] nlohmann::json json_of(const ConsentEntry& entry);
// What an escalation says. `rosters` names the devices.
[[nodiscard]] nlohmann::json json_of(const crypto::Escalation& escalation,
                                     const RosterHistory& rosters);
// The same as it stands now: with its state and the partner's answers.
[[nodiscard]] nlohmann::json json_of(const crypto::Escalation& escalation,
                                     const EscalationEntry& entry,
                                     const std::vector<crypto::EscalationAnswer>& answers,
                                     const RosterHistory& rosters, crypto::Hour now);
// Answers in their order, with who signed each.
[[nodiscard]] nlohmann::json json_of(const std::vector<crypto::EscalationAnswer>& answers,
                                     const RosterHistory& rosters);
// What is to be countersigned, as its second person sees it.
[[nodiscard]] nlohmann::json json_of(const crypto::ToCountersign& request,
                                     const RosterHistory& rosters);

// What the partner said to an escalation, opened from the journal.
Outcome<std::vector<crypto::EscalationAnswer>> read_answers(Casework& casework,
                                                            const EscalationEntry& entry);

// The reporter's text, and what of it did not fit the report.
[[nodiscard]] std::string whole_text(const crypto::Statement& statement,
                                     const std::vector<StoryEntry>& story);
[[nodiscard]] std::string_view name_of(crypto::ReportKind kind);
[[nodiscard]] std::string_view name_of_status(crypto::ReplyStatus status);
// Replies that no address holds yet.
[[nodiscard]] std::size_t unposted(const Case& entry);

}  // namespace meldpunt::client
