// What a case counts as, and when, once and for all: the first release that counts it is preceded
// by a line in its own file (kind "counted" of client/record) with its period and the case's codes.
// A coarser period around that one counts the case again, as the same, whatever was coded, closed
// or reopened since; no other does. The line lies under the case's own key, goes on with it when
// something is struck from it, and is gone when it is erased.
#pragma once

#include <optional>

#include "client/lib/counted_cases.h"

namespace meldpunt::client {

struct Frozen {
  trends::Period period;
  trends::CodeSets codes;  // as they were counted: of its dimensions' lists, also when not known
};

// nullopt: nobody has written it down.
[[nodiscard]] std::optional<Frozen> frozen_in(const record::CaseRecord& file,
                                              crypto::Series series);

// Writes down what the cases count as, in the file of every thread of them, except where that
// stands already or figures of the series are out. True when something was written: then the
// journal may have said more, and the cases are to be counted again.
Outcome<bool> freeze(Casework& casework, crypto::Series series, const trends::Period& period,
                     const CountedCases& cases);

// Nothing is left to write down.
[[nodiscard]] bool are_frozen(const Casework& casework, crypto::Series series,
                              const trends::Period& period, const CountedCases& cases);

}  // namespace meldpunt::client
