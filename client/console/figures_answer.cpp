#include "client/console/figures_answer.h"

#include <nlohmann/json.hpp>

#include "client/console/dimension_labels.h"
#include "client/console/iso_time.h"
#include "client/console/sentences.h"
#include "client/lib/receipt_names.h"
#include "client/trends/series.h"

namespace meldpunt::console {

namespace {

using nlohmann::json;

json json_of(const client::ReceivedEntry& entry) {
  const auto& receipt = entry.said;
  json object{{"hour", iso_hour(receipt.hour)}, {"outcome", client::name_of(receipt.outcome)}};
  if (!entry.reason.empty()) {
    object["reason"] = entry.reason;
    object["said"] = said(entry.reason);
  }
  if (receipt.outcome == crypto::ReceiptOutcome::unreadable) return object;
  const auto* series = trends::find_series(receipt.head.series);
  object["sequence"] = receipt.head.sequence;
  object["series"] = series == nullptr ? std::string_view() : series->name;
  object["period"] = trends::name_of({receipt.head.first, receipt.head.last});
  return object;
}

json json_of(const client::RegionFigures& region) {
  json releases = json::array();
  for (const client::ReceivedEntry& each : region.entries) releases.push_back(json_of(each));
  return {{"name", region.pin.name}, {"releases", std::move(releases)}};
}

json label(std::string_view dutch, std::string_view english) {
  return {{"nl", dutch}, {"en", english}};
}

json json_of(const trends::Dimension& dimension) {
  json codes = json::array();
  for (const trends::Code& code : dimension.codes) {
    codes.push_back({{"code", code.name},
                     {"label", label(dutch_label(dimension.name, code.name), code.label)}});
  }
  return {{"name", dimension.name},
          {"label", label(dutch_label(dimension.name, {}), dimension.label)},
          {"codes", std::move(codes)}};
}

json json_of(const std::string& region, const trends::Combined& combined,
             const trends::Counted& series) {
  const trends::Table& table = combined.table;
  json axes = json::array();
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (trends::holds_axis(table.axes, i)) axes.push_back(series.dimensions[i].name);
  }
  json cells = json::array();
  for (const trends::Cell& cell : table.cells) {
    cells.push_back({cell.estimate, cell.lower, cell.upper});
  }
  return {{"region", region},
          {"axes", std::move(axes)},
          {"period", trends::name_of(table.period)},
          {"final", table.final},
          {"cells", std::move(cells)},
          {"regions", combined.regions}};
}

json json_of(const client::SeriesFigures& figures) {
  const trends::Counted& series = *figures.series;
  json dimensions = json::array();
  for (const trends::Dimension& each : series.dimensions) dimensions.push_back(json_of(each));
  json tables = json::array();
  for (const auto& of_region : figures.regions) {
    for (const trends::Combined& each : of_region.tables) {
      tables.push_back(json_of(of_region.region, each, series));
    }
  }
  return {{"name", series.name},
          {"label", label(dutch_label(series.name, {}), series.label)},
          {"dimensions", std::move(dimensions)},
          {"tables", std::move(tables)}};
}

}  // namespace

std::string figures_answer(const std::vector<client::RegionFigures>& regions) {
  json came = json::array();
  for (const client::RegionFigures& each : regions) came.push_back(json_of(each));
  json all = json::array();
  for (const trends::Counted* series : {&trends::inflow(), &trends::closures()}) {
    all.push_back(json_of(client::figures_of(regions, *series)));
  }
  return json{{"regions", std::move(came)}, {"series", std::move(all)}}.dump();
}

}  // namespace meldpunt::console
