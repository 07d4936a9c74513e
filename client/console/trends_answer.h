// The screen "Figures": which periods can be released and how far each is, what a case pays for
// them, and the figures that are out. What shows counts of this device says so; the figures, and
// the sheet of a year, come from the journal's releases alone.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/console/workplace.h"
#include "client/lib/releases.h"

namespace meldpunt::console {

// Of /api/trends, by what the query says to `show`:
//
//   (nothing)  how far each period is, what was released and what the receiver said of it
//   preview    of a period and terms: trends_plan_answer.h
//   what_if    other budgets and schedules: the same
//   release    the figures of one release, read back from the journal
//   year       the sheet of a year: trends_year.h
//   blind      what never reports: blind_spots.h
//
// EX_USAGE for anything else.
client::Outcome<nlohmann::json> trends_answer(Workplace& place, const std::string& query);

[[nodiscard]] client::Releases releases_of(Workplace& place);

// What a year is released by. Fixed: by its first release; otherwise as it was proposed last, or as
// usual.
struct YearTerms {
  client::ReleaseWish wish;
  bool fixed = false;
};
[[nodiscard]] YearTerms terms_for(const client::ReleaseLedger& ledger,
                                  const trends::Counted& series, const trends::Period& year);

// Of a release of this region, what its document says; nullopt for one that cannot be read.
[[nodiscard]] std::optional<trends::Publication> publication_of(
    const client::JournaledRelease& release);

// {"estimate", "lower", "upper", "uncertain"}
[[nodiscard]] nlohmann::json json_of(const trends::Cell& cell);

}  // namespace meldpunt::console
