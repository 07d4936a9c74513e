// What may be released, and in which terms: rules that look at the calendar, at the ledger and at
// what each case has paid, never at a case's codes.
//
// A year has one schedule and one budget: those of the first release of its series. A coarser
// period comes after all finer ones in it, so that it can make them final.
#pragma once

#include "client/lib/counted_cases.h"
#include "client/lib/release_terms.h"
#include "client/trends/nested_time.h"

namespace meldpunt::client {

// By which the period's year began; nullopt: nothing of that series was released in it.
[[nodiscard]] std::optional<ReleaseWish> terms_of_year(const ReleaseLedger& ledger,
                                                       crypto::Series series,
                                                       const trends::Period& period);
// Those of its year, and where it has none yet the usual ones.
[[nodiscard]] ReleaseWish usual_wish(const ReleaseLedger& ledger, crypto::Series series,
                                     const trends::Period& period);

// EX_USAGE for a schedule or a budget that cannot be, EX_DATAERR when the year began otherwise.
Outcome<trends::Plan> plan_for(const ReleaseLedger& ledger, const ReleaseWish& wish);

// EX_TEMPFAIL before it is over or while a finer period in it is missing, EX_DATAERR when it was
// released, EX_UNAVAILABLE when it is lost.
Outcome<void> may_release(const ReleaseLedger& ledger, const ReleaseWish& wish,
                          const trends::Plan& plan, crypto::Hour now);

// EX_NOPERM when one of them could not pay it out of the budget for its life.
Outcome<void> can_pay(const CountedCases& cases, const ReleaseWish& wish, const trends::Plan& plan);

// What the series' releases of that year measured, read back from them.
[[nodiscard]] std::vector<trends::MeasuredPeriod> measured_in_year(const ReleaseLedger& ledger,
                                                                   crypto::Series series,
                                                                   const trends::Period& period);

}  // namespace meldpunt::client
