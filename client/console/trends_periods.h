// How far each period of figures is, from running to arrived, by the schedule of its year.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"
#include "client/lib/releases.h"

namespace meldpunt::console {

// The years of which there are cases, the newest first: [{"year", "terms": {"inflow": {"schedule",
// "life", "epsilon", "fixed"}, "closures": {...}}, "meter"}].
[[nodiscard]] nlohmann::json years_of(const Workplace& place, const client::ReleaseLedger& ledger);

// [{"series", "period", "cadence", "first", "last", "state", ...}], the newest first. `state`:
//
//   running    not over yet; "from": the day from which it can be released
//   finer      its finer periods come first; "missing": their names
//   due        nobody has proposed it yet
//   proposed   waits for a second person
//   refused    a second person said no: "refused": {"by", "reason"}; it may be proposed anew
//   signed     may be drawn
//   released   drawn, and kept in the journal: "release"
//   lost       the receiver has figures of it that the journal does not hold
//
// What was proposed has "proposal": {"by", "own", "hour", "schedule", "life", "epsilon"}.
[[nodiscard]] nlohmann::json periods_of(Workplace& place, const client::Releases& releases,
                                        const client::ReleaseLedger& ledger);

}  // namespace meldpunt::console
