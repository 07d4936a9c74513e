#include "client/console/trends_year.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/console/trends_answer.h"
#include "client/trends/combination.h"

namespace meldpunt::console {

using nlohmann::json;

namespace {

// A table over the year, or over what of it was released.
struct Summed {
  trends::Table table;
  std::vector<trends::Period> periods;
};

void add(Summed& sum, const trends::Table& more) {
  sum.periods.push_back(more.period);
  if (sum.periods.size() == 1) {
    sum.table = more;
    return;
  }
  sum.table.final = sum.table.final && more.final;
  sum.table.variance += more.variance;
  for (std::size_t i = 0; i < sum.table.cells.size(); ++i) {
    sum.table.cells[i] = trends::cell_of(sum.table.cells[i].estimate + more.cells[i].estimate,
                                         trends::half_width_95(sum.table.variance));
  }
}

class YearOfSeries {
 public:
  YearOfSeries(const trends::Counted& series, const std::vector<trends::Publication>& releases,
               const trends::Period& year)
      : series_(series), year_(year) {
    std::vector<trends::Publication> own;
    std::ranges::copy_if(releases, std::back_inserter(own), [&](const auto& release) {
      return release.series->id == series.id && year.first <= release.period.first &&
             release.period.last <= year.last;
    });
    tables_ = trends::newest_tables(own);
  }
  [[nodiscard]] bool empty() const { return tables_.empty(); }

  [[nodiscard]] json sheet() const {
    const Summed total = sum_of_total();
    json tables = json::array();
    bool final = total.table.final;
    for (std::size_t i = 0; i < series_.dimensions.size(); ++i) {
      const Summed sum = sum_of(trends::Axes{1} << i);
      if (sum.periods.empty()) continue;
      final = final && sum.table.final;
      tables.push_back(json_of_dimension(series_.dimensions[i], sum.table));
    }
    json periods = json::array();
    for (const trends::Period& each : total.periods) periods.push_back(trends::name_of(each));
    return {{"series", series_.name},
            {"final", final},
            {"periods", std::move(periods)},
            {"missing", missing(total)},
            {"total", total.table.cells.empty() ? json() : json_of(total.table.cells.front())},
            {"tables", std::move(tables)}};
  }

 private:
  static json json_of_dimension(const trends::Dimension& dimension, const trends::Table& table) {
    json cells = json::array();
    for (std::size_t c = 0; c < dimension.codes.size() && c < table.cells.size(); ++c) {
      json cell = json_of(table.cells[c]);
      cell["code"] = dimension.codes[c].name;
      cells.push_back(std::move(cell));
    }
    return {{"dimension", dimension.name}, {"cells", std::move(cells)}};
  }

  [[nodiscard]] const trends::Table* find(const trends::Period& period, trends::Axes axes) const {
    const auto found = std::ranges::find_if(tables_, [&](const trends::Table& table) {
      return table.axes == axes && table.period == period;
    });
    return found == tables_.end() ? nullptr : &*found;
  }

  // The coarsest periods that there are: the year, or of its parts what each has.
  void gather(Summed& sum, const trends::Period& period, trends::Axes axes) const {
    if (const trends::Table* table = find(period, axes)) return add(sum, *table);
    for (const trends::Period& part : trends::parts_of(period)) gather(sum, part, axes);
  }
  [[nodiscard]] Summed sum_of(trends::Axes axes) const {
    Summed sum;
    gather(sum, year_, axes);
    return sum;
  }

  // Noise on each cell makes no table of the total: each dimension of which every case has one code
  // adds up to it, and the mean of these, weighed by how exact they are, is more exact than any.
  [[nodiscard]] Summed sum_of_total() const {
    Summed total = sum_of(0);
    if (!total.periods.empty()) return total;
    double weights = 0;
    double weighed = 0;
    for (std::size_t i = 0; i < series_.dimensions.size(); ++i) {
      if (series_.dimensions[i].most != 1) continue;
      const Summed sum = sum_of(trends::Axes{1} << i);
      if (sum.periods.empty()) continue;
      double all = 0;
      for (const trends::Cell& cell : sum.table.cells) all += cell.estimate;
      const double weight = 1 / (sum.table.variance * static_cast<double>(sum.table.cells.size()));
      weights += weight;
      weighed += weight * all;
      total.table.final = sum.table.final;
      total.periods = sum.periods;
    }
    if (weights == 0) return total;
    total.table.variance = 1 / weights;
    total.table.cells = {
        trends::cell_of(weighed / weights, trends::half_width_95(total.table.variance))};
    return total;
  }

  // Quarters of which there is nothing.
  [[nodiscard]] json missing(const Summed& total) const {
    json names = json::array();
    for (const trends::Period& quarter : trends::parts_of(year_)) {
      const bool there = std::ranges::any_of(
          total.periods, [&](const trends::Period& each) { return each.overlaps(quarter); });
      if (!there) names.push_back(trends::name_of(quarter));
    }
    return names;
  }

  const trends::Counted& series_;
  const trends::Period year_;
  std::vector<trends::Table> tables_;
};

}  // namespace

json sheet_of_year(const std::vector<trends::Publication>& releases, const trends::Period& year) {
  json list = json::array();
  for (const trends::Counted* series : {&trends::inflow(), &trends::closures()}) {
    const YearOfSeries of_series(*series, releases, year);
    if (!of_series.empty()) list.push_back(of_series.sheet());
  }
  return {{"region", releases.empty() ? "" : releases.front().region},
          {"year", trends::name_of(year)},
          {"series", std::move(list)}};
}

}  // namespace meldpunt::console
