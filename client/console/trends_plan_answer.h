// What can be said of figures before anything is drawn: how exact each table will be at the number
// of cases there is, what a case pays, and how that would be with another budget or schedule.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/console/workplace.h"
#include "client/lib/releases.h"

namespace meldpunt::console {

// What is asked: a series, a period, a schedule, and a budget as its decimal.
struct AskedRelease {
  std::string series;
  std::string period;
  std::string schedule;
  std::string life;
};

// EX_USAGE for what there is not.
client::Outcome<client::ReleaseWish> wish_of(const AskedRelease& asked);

// {"series", "period", "schedule", "life", "cost": {...}, "cases", "left_out", "not_coded",
// "tables": [...]}; refused as Releases::preview.
client::Outcome<nlohmann::json> preview_of(Workplace& place, const AskedRelease& asked);

// Each schedule of the series for each budget that is offered, or for that ε alone. EX_USAGE above
// what may be charged to a case.
client::Outcome<nlohmann::json> what_if_of(const Workplace& place, const std::string& series,
                                           const std::string& epsilon);

// What one case pays in both series, in parts of a hundred of its life's budget.
[[nodiscard]] nlohmann::json meter_of(const trends::Plan& inflow, const trends::Plan& closures,
                                      const trends::Budget& budget);

// {"rho", "pure", "epsilon"}
[[nodiscard]] nlohmann::json json_of(const trends::Charge& charge);

// The largest ρ that implies no more than that ε at δ; no more than life_budget_max + 1.
[[nodiscard]] trends::Billionths rho_for(trends::Billionths epsilon);

// How much of a table can be read when its cases lie evenly: an interval is no wider than the
// value.
[[nodiscard]] std::string_view readable(double half_width, double cells, double cases);

}  // namespace meldpunt::console
