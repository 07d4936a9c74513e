#include "client/trends/combination.h"

#include <map>
#include <tuple>

namespace meldpunt::trends {

namespace {

using Key = std::tuple<crypto::Day, crypto::Day, Axes>;

Key key_of(const Table& table) { return {table.period.first, table.period.last, table.axes}; }

void add(Combined& sum, const Table& more) {
  sum.table.final = sum.table.final && more.final;
  sum.table.variance += more.variance;
  const double half_width = half_width_95(sum.table.variance);
  for (std::size_t i = 0; i < sum.table.cells.size() && i < more.cells.size(); ++i) {
    sum.table.cells[i] = cell_of(sum.table.cells[i].estimate + more.cells[i].estimate, half_width);
  }
}

}  // namespace

std::vector<Table> newest_tables(const std::vector<Publication>& releases) {
  std::map<Key, std::pair<std::uint32_t, const Table*>> newest;
  for (const Publication& release : releases) {
    for (const Table& table : release.tables) {
      auto& known = newest[key_of(table)];
      const bool better =
          known.second == nullptr ||
          std::pair(table.final, release.sequence) > std::pair(known.second->final, known.first);
      if (better) known = {release.sequence, &table};
    }
  }
  std::vector<Table> tables;
  for (const auto& [key, known] : newest) tables.push_back(*known.second);
  return tables;
}

std::vector<Combined> combine(
    const std::vector<std::pair<std::string, std::vector<Table>>>& by_region) {
  std::map<Key, Combined> sums;
  for (const auto& [region, tables] : by_region) {
    for (const Table& table : tables) {
      const auto [sum, fresh] = sums.try_emplace(key_of(table), Combined{table, {}});
      if (!fresh) add(sum->second, table);
      sum->second.regions.push_back(region);
    }
  }
  std::vector<Combined> combined;
  for (auto& [key, sum] : sums) combined.push_back(std::move(sum));
  return combined;
}

}  // namespace meldpunt::trends
