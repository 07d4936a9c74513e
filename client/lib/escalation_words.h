// An escalation as people read it: the coordinator before it is sent, the approver before it is
// signed, and the partner when it has come see the same lines, made from the same bytes.
#pragma once

#include "client/lib/journal_rosters.h"
#include "crypto/handover_events.h"

namespace meldpunt::client {

// Everything in it. Values are set off, so that none can pass for a line of this program.
[[nodiscard]] std::vector<std::string> lines_of(const crypto::Escalation& escalation,
                                                const RosterHistory& rosters);

// "2026-11-22 04:00 UTC"
[[nodiscard]] std::string hour_in_words(crypto::Hour hour);
// The first hour of a day YYYY-MM-DD.
[[nodiscard]] std::optional<crypto::Hour> hour_of_day(const std::string& day);

// Text that somebody else wrote, each line behind a bar.
[[nodiscard]] std::string set_off(std::string_view text);

}  // namespace meldpunt::client
