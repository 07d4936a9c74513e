// Which cases may be about the same people: proposals with their reason. Nothing is merged by them.
#pragma once

#include "client/lib/case_facts.h"

namespace meldpunt::client {

enum class LinkReason : std::uint8_t {
  same_number,  // a telephone number, number plate or the like stands in both
  same_place,   // one municipality and sector, taken in within thirty days
};

struct LinkProposal {
  crypto::CaseId other;
  LinkReason reason{};
  std::string what;  // the number; or municipality and sector
};

[[nodiscard]] std::string_view name_of(LinkReason reason);

// Of this case with every other that is not the same one already: numbers first.
[[nodiscard]] std::vector<LinkProposal> links_of(const Casework& casework,
                                                 const crypto::CaseId& subject);

// What in a text could name somebody again: runs of six digits or more, however they are spaced,
// and number plates. Sorted, each once.
[[nodiscard]] std::vector<std::string> numbers_in(std::string_view text);

}  // namespace meldpunt::client
