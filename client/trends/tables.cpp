#include "client/trends/tables.h"

namespace meldpunt::trends {

CodedCase coded(const Codes& codes) {
  CodedCase place{};
  for (std::size_t i = 0; i < dimension_count; ++i) {
    const Dimension& dimension = dimensions()[i];
    const auto given = codes.find(std::string(dimension.name));
    const auto known = given == codes.end() ? std::nullopt : dimension.index_of(given->second);
    place[i] = known ? *known : *dimension.index_of(dimension.unknown);
  }
  return place;
}

Counts count_one_way(const std::vector<CodedCase>& cases) {
  Counts counts;
  for (std::size_t i = 0; i < dimension_count; ++i) {
    counts[i].resize(dimensions()[i].codes.size());
    for (const CodedCase& one : cases) ++counts[i].at(one[i]);
  }
  return counts;
}

}  // namespace meldpunt::trends
