#include "client/trends/json_stat.h"

#include <nlohmann/json.hpp>

namespace meldpunt::trends {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view definition =
    "The figures protect one case with its whole history: whether or not any one case is among "
    "them changes the probability of any outcome by no more than the stated epsilon allows. Each "
    "case is counted once at each cadence of a series, in the period in which it was opened (or "
    "closed), with its codes as they stood when the period was released. A person with r cases is "
    "protected r times less (rho times r squared): repeated reports are linked into one case where "
    "that is known. Cases whose client refused statistics are left out before counting.";
constexpr std::string_view reading =
    "estimate is unbiased; lower to upper covers the true count in at least 95 of 100 cells. A "
    "cell of status u is too uncertain to read: its interval is wider than its value. Nothing is "
    "rounded to zero or left out. Provisional figures become a little more exact, and final, when "
    "the coarser period is published.";

// A whole number without decimals, so that a reader sees that it is one.
Json number(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  if (static_cast<double>(whole) == value) return whole;
  return value;
}

Json category(const Dimension& dimension) {
  Json index = Json::array();
  Json label = Json::object();
  for (const Code& code : dimension.codes) {
    index.push_back(code.name);
    label[std::string(code.name)] = code.label;
  }
  return {{"index", index}, {"label", label}};
}

Json one(std::string_view code) {
  return {{"index", Json::array({code})}, {"label", {{std::string(code), code}}}};
}

Json measures() {
  return {{"index", {"estimate", "lower", "upper"}},
          {"label",
           {{"estimate", "Cases, estimated"},
            {"lower", "95 % interval, from"},
            {"upper", "95 % interval, to"}}}};
}

Json dataset(const Table& table, const Counted& series) {
  const std::string period = name_of(table.period);
  Json value = Json::array();
  Json status = Json::object();
  for (const Cell& cell : table.cells) {
    if (cell.uncertain()) status[std::to_string(value.size())] = "u";
    for (const double each : {cell.estimate, cell.lower, cell.upper}) value.push_back(number(each));
  }
  Json id = Json::array({"period"});
  Json size = Json::array({1});
  Json dimension{{"period", {{"label", "Period"}, {"category", one(period)}}}};
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (!holds_axis(table.axes, i)) continue;
    const Dimension& each = series.dimensions[i];
    id.push_back(each.name);
    size.push_back(each.codes.size());
    dimension[std::string(each.name)] = {{"label", each.label}, {"category", category(each)}};
  }
  id.push_back("measure");
  size.push_back(3);
  dimension["measure"] = {{"label", "Measure"}, {"category", measures()}};
  Json made{{"version", "2.0"},
            {"class", "dataset"},
            {"label", std::string(series.label) + ", " + title_of(series, table.axes)},
            {"id", id},
            {"size", size},
            {"role", {{"time", {"period"}}, {"metric", {"measure"}}}},
            {"dimension", dimension},
            {"value", value}};
  if (!status.empty()) made["status"] = status;
  made["extension"] = {{"status", table.final ? "final" : "provisional"},
                       {"variance", table.variance}};
  return made;
}

Json json_of(const MeasuredEffect& measured, const Counted& series) {
  Json axes = Json::array();
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (holds_axis(measured.effect.axes, i)) axes.push_back(series.dimensions[i].name);
  }
  return {{"dimensions", axes},
          {"variance", {measured.effect.variance.numerator, measured.effect.variance.denominator}},
          {"values", measured.scaled}};
}

}  // namespace

std::string title_of(const Counted& series, Axes axes) {
  if (axes == 0) return "total";
  std::string title;
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (!holds_axis(axes, i)) continue;
    if (!title.empty()) title += " × ";
    title += series.dimensions[i].label;
  }
  return title;
}

std::string json_stat(const Publication& publication) {
  const Counted& series = *publication.series;
  const std::string period = name_of(publication.period);
  Json items = Json::array();
  for (const Table& table : publication.tables) items.push_back(dataset(table, series));
  Json measured = Json::array();
  for (const MeasuredEffect& each : publication.measured) measured.push_back(json_of(each, series));
  const Json document{{"version", "2.0"},
                      {"class", "collection"},
                      {"label", "Reports of human trafficking, " + publication.region + ", " +
                                    std::string(series.label) + ", " + period},
                      {"source", publication.region},
                      {"note", Json::array({definition, reading, publication.method})},
                      {"extension",
                       {{"sequence", publication.sequence},
                        {"series", series.name},
                        {"period", period},
                        {"schedule", publication.schedule},
                        {"code_lists", code_lists_version},
                        {"noise", name_of(publication.noise)},
                        {"rho", decimal(publication.charge.rho)},
                        {"epsilon_pure", decimal(publication.charge.pure)},
                        {"epsilon", decimal(publication.charge.epsilon())},
                        {"rho_of_series", decimal(publication.whole.rho)},
                        {"epsilon_pure_of_series", decimal(publication.whole.pure)},
                        {"epsilon_of_series", decimal(publication.whole.epsilon())},
                        {"delta", delta_text},
                        {"measured", measured}}},
                      {"link", {{"item", items}}}};
  return document.dump();
}

}  // namespace meldpunt::trends
