// What two people agree on before figures are drawn: the period, how often which tables come, and
// what a case may pay for them; as words in a proposal (crypto/release.h), and as the plan that
// follows from it. Everything in it is public: no case decides any of it.
//
//   {"schedule": "quarter-year", "life": "0.088", "noise": "effects", "rho": "0.0114",
//    "epsilon_pure": "0"}
//
// rho and epsilon_pure are what this one release charges each case that it counts.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/lib/problem.h"
#include "client/trends/plan.h"

namespace meldpunt::client {

struct ReleaseWish {
  crypto::Series series = crypto::Series::inflow;
  trends::Period period;
  std::string schedule{trends::usual_schedule};
  trends::Budget budget{};
};

// The plan must have the period's cadence.
[[nodiscard]] std::string terms_of(const ReleaseWish& wish, const trends::Plan& plan);

// EX_DATAERR for terms that are not these.
Outcome<ReleaseWish> wish_of(const crypto::ReleaseProposal& proposal);
Outcome<ReleaseWish> read_terms(crypto::Series series, const trends::Period& period,
                                const std::string& terms);
// What would be drawn, found from the terms alone. EX_DATAERR when they do not add up: who signs
// could not know what they mean.
Outcome<trends::Plan> plan_of(const crypto::ReleaseProposal& proposal);

// One line for each table that the period brings, with how far a figure may be off; for scripts and
// for people who decide.
[[nodiscard]] nlohmann::json json_of_tables(const trends::Plan& plan, const trends::Period& period);
// As its second person sees it: {"what": "release", "series", "period", "schedule", "life", "rho",
// "epsilon_pure", "epsilon", "delta", "noise", "tables", "cells"}; of terms that do not add up
// {"what", "series", "period", "terms", "fault"}.
[[nodiscard]] nlohmann::json json_of(const crypto::ReleaseProposal& proposal);

}  // namespace meldpunt::client
