// A region after years of work: its journal as the coordinators' devices would have written it, and
// the slot of each case, put into the server in memory without the way there.
//
// Of 2,000 cases one in four has a second reporter (a thread of its own, merged into the first).
// The texts are words of the published list, as long as people write; the mix of events is a guess
// at what a full case file holds.
#pragma once

#include "tests/support/office.h"

namespace meldpunt::bench {

struct JournalSize {
  std::size_t cases = 2000;
  std::size_t reports = 10000;
  std::size_t events = 60000;  // at least
};

// Returns how many events there are now. Every event is the steward's device's.
std::size_t write_large_journal(client::test::Office& office, const JournalSize& size);

// A word that about one report in three hundred has.
[[nodiscard]] std::string a_rare_word();

}  // namespace meldpunt::bench
