// Which cases a period's figures count, and as what.
//
// A case is what a person works on: threads that were merged count once, from the opening of the
// oldest, and every one of them pays. In the inflow it is counted by when it was opened, in the
// closures by when it was closed; once at each cadence. What somebody called junk, muted or an
// advice question is no case. Whose client refused statistics is left out before counting. What it
// counts as is settled by the first release that counts it (frozen_codes.h).
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

struct CountedCases {
  std::vector<std::vector<crypto::CaseId>> threads;  // of each case, its head first
  std::vector<crypto::CaseId> ids;                   // that pay, rising
  std::vector<trends::Charge> paid;                  // by each of them until now, in all its life
  std::vector<trends::CodedCase> coded;              // one of each case, in the same order
  std::size_t left_out = 0;                          // that refused statistics
  std::size_t not_coded = 0;                         // of the inflow: that nobody has coded

  // ε at δ of the one that has paid most once each has paid this too; at least that of the charge.
  [[nodiscard]] trends::Billionths most_paid_with(const trends::Charge& charge) const;
};

// Of a period that has a cadence. `ledger`: of that casework, or one that knows more.
[[nodiscard]] CountedCases counted_cases(const Casework& casework, const ReleaseLedger& ledger,
                                         crypto::Series series, const trends::Period& period);

// Its codes in the inflow: what somebody has coded goes before what the case file says, and that
// before the report's answers.
[[nodiscard]] trends::Codes inflow_codes(const Casework& casework, const crypto::CaseId& subject);

// At any cadence, under the ids that they have by now: what was struck from has another.
[[nodiscard]] std::set<crypto::CaseId> counted_ever(const Casework& casework,
                                                    const ReleaseLedger& ledger,
                                                    crypto::Series series);
// The case's figures are out.
[[nodiscard]] bool is_counted(const Casework& casework, crypto::Series series,
                              const crypto::CaseId& subject);

}  // namespace meldpunt::client
