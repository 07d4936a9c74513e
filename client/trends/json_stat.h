// Figures as JSON-stat 2.0: a collection with one dataset for each table, each with the measures
// estimate, lower and upper, and the notes without which no figure may travel. What is not of the
// standard is under `extension`: the ledger's numbers, and the exact effects (`measured`).
#pragma once

#include "client/trends/publication.h"
#include "crypto/result.h"

namespace meldpunt::trends {

// One line of UTF-8; the same figures give the same bytes.
[[nodiscard]] std::string json_stat(const Publication& publication);

// What json_stat() writes, by whomever it was sent. The reason when it is not that: other code
// lists than ours, a table that is not whole, a number that cannot be.
struct ReadPublication {
  std::optional<Publication> publication;
  std::string reason;  // empty when it was read
};
[[nodiscard]] ReadPublication read_json_stat(std::string_view document);

// "form × age", "total": a table's dimensions, by their labels.
[[nodiscard]] std::string title_of(const Counted& series, Axes axes);

}  // namespace meldpunt::trends
