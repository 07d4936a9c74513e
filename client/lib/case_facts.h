// What is known of a case in codes of the vocabulary, from its reports' answers and from its file:
// what proposals are made of.
#pragma once

#include <map>
#include <set>
#include <string>

#include "client/lib/casework.h"

namespace meldpunt::client {

// By scheme, or by a name of the routing rules ("registered_in", "stays_in"): the codes.
using Facts = std::map<std::string, std::set<std::string>, std::less<>>;

// Of all reports and files that are one case.
[[nodiscard]] Facts facts_of(const Casework& casework, const crypto::CaseId& subject);

// Whether the fact has that code, or one below it: "LAB" fits "LAB.UNPAID".
[[nodiscard]] bool has_fact(const Facts& facts, std::string_view name, std::string_view code);

}  // namespace meldpunt::client
