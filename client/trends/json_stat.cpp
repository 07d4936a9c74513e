#include "client/trends/json_stat.h"

#include <nlohmann/json.hpp>

namespace meldpunt::trends {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view definition =
    "The figures protect one case with its whole history: whether or not any one case is among "
    "them changes the probability of any outcome by no more than the stated epsilon allows. Each "
    "case is counted once, in the period in which it was opened, with its codes as they stood when "
    "the period was released. A person with r cases is protected r times less (rho times r "
    "squared): repeated reports are linked into one case where that is known. Cases whose client "
    "refused statistics are left out before counting.";
constexpr std::string_view reading =
    "estimate is unbiased; lower to upper covers the true count in at least 95 of 100 cells. A "
    "cell of status u is too uncertain to read: its interval is wider than its value.";

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

Json dataset(const Table& table, const std::string& period) {
  const Dimension& dimension = *table.dimension;
  const std::string name(dimension.name);
  Json value = Json::array();
  Json status = Json::object();
  for (const Cell& cell : table.cells) {
    if (cell.uncertain()) status[std::to_string(value.size())] = "u";
    value.insert(value.end(), {cell.estimate, cell.lower, cell.upper});
  }
  Json made{{"version", "2.0"},
            {"class", "dataset"},
            {"label", "Cases opened, by: " + std::string(dimension.label)},
            {"id", {"period", name, "measure"}},
            {"size", {1, dimension.codes.size(), 3}},
            {"role", {{"time", {"period"}}, {"metric", {"measure"}}}},
            {"dimension",
             {{"period", {{"label", "Period"}, {"category", one(period)}}},
              {name, {{"label", dimension.label}, {"category", category(dimension)}}},
              {"measure", {{"label", "Measure"}, {"category", measures()}}}}},
            {"value", value}};
  if (!status.empty()) made["status"] = status;
  return made;
}

}  // namespace

std::string json_stat(const Figures& figures, const Plan& plan, const Notes& notes) {
  const std::string period = name_of(notes.period);
  Json items = Json::array();
  for (const Table& table : figures) items.push_back(dataset(table, period));
  const Json document{{"version", "2.0"},
                      {"class", "collection"},
                      {"label", "Reports of human trafficking, " + notes.region + ", " + period},
                      {"source", notes.region},
                      {"note", Json::array({definition, reading, plan.method})},
                      {"extension",
                       {{"sequence", notes.sequence},
                        {"series", "inflow"},
                        {"period", period},
                        {"code_lists", code_lists_version},
                        {"mechanism", "discrete Laplace, one-way tables"},
                        {"epsilon_of_each_table", std::to_string(plan.epsilon.numerator) + '/' +
                                                      std::to_string(plan.epsilon.denominator)},
                        {"epsilon_pure", decimal(plan.pure)},
                        {"rho", decimal(plan.rho)},
                        {"epsilon", decimal(plan.epsilon_at_delta)},
                        {"delta", delta_text}}},
                      {"link", {{"item", items}}}};
  return document.dump();
}

}  // namespace meldpunt::trends
