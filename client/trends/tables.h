// Coded cases and their counts. Counting looks at codes and nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "client/trends/dimensions.h"

namespace meldpunt::trends {

// One code of each dimension, by its place in the list.
using CodedCase = std::array<std::size_t, dimension_count>;

// What has no code, or one that the lists do not have, is the dimension's unknown.
[[nodiscard]] CodedCase coded(const Codes& codes);

// One row for each dimension, one count for each code. A case adds one to one cell of each row: the
// bound on what one case can change, on which the privacy rests.
using Counts = std::array<std::vector<std::int64_t>, dimension_count>;
[[nodiscard]] Counts count_one_way(const std::vector<CodedCase>& cases);

}  // namespace meldpunt::trends
