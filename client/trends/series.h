// The series of figures, and what each counts. A case is in each series once: in the inflow by when
// it was opened, in the closures by when it was closed. Code lists are fixed and public: keys
// trend_dimensions and trend_closures of config/vocabulary.json (a test compares them).
#pragma once

#include "client/trends/dimensions.h"
#include "client/trends/tensor.h"
#include "crypto/release.h"

namespace meldpunt::trends {

struct Counted {
  crypto::Series id = crypto::Series::none;
  std::string_view name;
  std::string_view label;
  std::span<const Dimension> dimensions;

  [[nodiscard]] Shape shape() const;
  // So many cells of those one-way tables does one case change by one at most: what the cost of
  // noise on each cell rests on.
  [[nodiscard]] std::uint32_t cells_of_a_case(const std::vector<Axes>& tables) const;
  // Every case has one code of each dimension, so that tables of several can be made.
  [[nodiscard]] bool single_valued() const;
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view dimension) const;
};

[[nodiscard]] const Counted& inflow();
[[nodiscard]] const Counted& closures();
// Null for a series that is not known.
[[nodiscard]] const Counted* find_series(crypto::Series id);
[[nodiscard]] const Counted* find_series(std::string_view name);

// Of each dimension, which of its codes, by their places in its list; rising, and as many as the
// dimension allows.
using CodedCase = std::vector<std::vector<std::uint32_t>>;

// Codes by dimension. What has no code, or none that the list has, is the dimension's unknown (no
// code where it has none); of too many the first in the order of the list are taken.
using CodeSets = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] CodedCase coded(const Counted& series, const CodeSets& codes);
[[nodiscard]] CodedCase coded(const Counted& series, const Codes& codes);

// What a case was closed with says of the dimensions of the closures. `reason`: a code of
// closing_reason; `needs`: codes of need, and those of them for which there was no place or offer.
[[nodiscard]] CodeSets codes_of_closing(const std::string& reason,
                                        const std::vector<std::string>& needs,
                                        const std::vector<std::string>& unavailable);

// One row for each dimension, one count for each code.
using Counts = std::vector<std::vector<std::int64_t>>;
[[nodiscard]] Counts count_one_way(const Counted& series, const std::vector<CodedCase>& cases);

// As rows for tables of several dimensions. std::logic_error unless the series is single-valued.
[[nodiscard]] Records records_of(const Counted& series, const std::vector<CodedCase>& cases);

}  // namespace meldpunt::trends
