#include "client/trends/series.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "client/trends/implied.h"

namespace meldpunt::trends {

namespace {

constexpr std::array closing{
    Code{"DONE", "Track completed"},   Code{"LEFT", "Left, destination unknown"},
    Code{"DECLINED", "Declines help"}, Code{"RETURNED", "Returned to the country of origin"},
    Code{"DECEASED", "Deceased"},      Code{"HANDOVER", "Handed over to another region or body"},
    Code{"NOTHT", "No trafficking"},   Code{"DUP", "Duplicate"},
    Code{"UNK", "Not known"}};
constexpr std::array needs{Code{"SHELTER", "Safe shelter"},
                           Code{"HOUSING", "Housing after or outside shelter"},
                           Code{"CARE", "Support and treatment"},
                           Code{"INCOME", "Income"},
                           Code{"EXIT", "Sex-work exit programme"},
                           Code{"YOUTH", "Youth care"},
                           Code{"RESIDENCE", "Residence-law track"},
                           Code{"LAW", "Criminal-law track"},
                           Code{"GUIDE", "Explanation of rights, interpreter"}};
constexpr std::array no_place{Code{"NONE", "Nothing was missing"},
                              Code{"SPEC", "No place in a specialised shelter"},
                              Code{"SHELTER", "No place in a safe shelter"},
                              Code{"YOUTH", "No place in youth care"},
                              Code{"HOUSING", "No housing"},
                              Code{"OTHER", "Another need without an offer"}};

// Three needs of a case are counted: what a case costs grows with them.
constexpr std::uint32_t needs_counted = 3;

const std::array<Dimension, 3> of_closing{{
    {"closing", "Closed because", closing, "UNK"},
    {"need", "Needs, at most three of a case", needs, "", needs_counted},
    {"no_place", "For which there was no place", no_place, "NONE"},
}};

// What a code of the vocabulary, or one that it is the parent of, counts as.
struct Row {
  std::string_view code;
  std::string_view counts_as;
};

// The first that fits decides.
constexpr std::array need_rows{
    Row{"P1.SHELTER", "SHELTER"},
    Row{"P1.HOUSING", "HOUSING"},
    Row{"P1.INCOME", "INCOME"},
    Row{"P1.EXIT", "EXIT"},
    Row{"P1.YOUTH", "YOUTH"},
    Row{"P1", "CARE"},
    Row{"P2", "RESIDENCE"},
    Row{"P3", "LAW"},
    Row{"X", "GUIDE"},
};
// In this order, whichever of a case's needs it is.
constexpr std::array no_place_rows{
    Row{"P1.SHELTER.SPEC", "SPEC"},
    Row{"P1.SHELTER", "SHELTER"},
    Row{"P1.YOUTH", "YOUTH"},
    Row{"P1.HOUSING", "HOUSING"},
    Row{"", "OTHER"},
};

std::vector<std::uint32_t> places_of(const Dimension& dimension,
                                     const std::vector<std::string>& given) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = 0; i < dimension.codes.size() && places.size() < dimension.most; ++i) {
    if (std::ranges::find(given, dimension.codes[i].name) != given.end()) places.push_back(i);
  }
  if (places.empty() && !dimension.unknown.empty()) {
    places.push_back(static_cast<std::uint32_t>(*dimension.index_of(dimension.unknown)));
  }
  return places;
}

}  // namespace

Shape Counted::shape() const {
  Shape shape;
  for (const Dimension& each : dimensions) {
    shape.push_back(static_cast<std::uint32_t>(each.codes.size()));
  }
  return shape;
}

std::uint32_t Counted::cells_of_a_case(const std::vector<Axes>& tables) const {
  std::uint32_t cells = 0;
  for (const Axes axes : tables) {
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      if (holds_axis(axes, i)) cells += dimensions[i].most;
    }
  }
  return cells;
}

bool Counted::single_valued() const {
  return std::ranges::all_of(
      dimensions, [](const Dimension& each) { return each.most == 1 && !each.unknown.empty(); });
}

std::optional<std::size_t> Counted::index_of(std::string_view dimension) const {
  const auto found = std::ranges::find(dimensions, dimension, &Dimension::name);
  if (found == dimensions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - dimensions.begin());
}

const Counted& inflow() {
  static const Counted series{crypto::Series::inflow, "inflow", "Cases opened", dimensions()};
  return series;
}

const Counted& closures() {
  static const Counted series{crypto::Series::closures, "closures", "Cases closed", of_closing};
  return series;
}

const Counted* find_series(crypto::Series id) {
  for (const Counted* series : {&inflow(), &closures()}) {
    if (series->id == id) return series;
  }
  return nullptr;
}

const Counted* find_series(std::string_view name) {
  for (const Counted* series : {&inflow(), &closures()}) {
    if (series->name == name) return series;
  }
  return nullptr;
}

CodedCase coded(const Counted& series, const CodeSets& codes) {
  CodedCase places;
  for (const Dimension& dimension : series.dimensions) {
    const auto given = codes.find(std::string(dimension.name));
    places.push_back(
        places_of(dimension, given == codes.end() ? std::vector<std::string>{} : given->second));
  }
  return places;
}

CodedCase coded(const Counted& series, const Codes& codes) {
  CodeSets sets;
  for (const auto& [dimension, code] : codes) sets[dimension] = {code};
  return coded(series, sets);
}

CodeSets codes_of_closing(const std::string& reason, const std::vector<std::string>& needs_given,
                          const std::vector<std::string>& unavailable) {
  CodeSets codes;
  codes["closing"] = {reason};
  for (const std::string& need : needs_given) {
    const auto row =
        std::ranges::find_if(need_rows, [&](const Row& each) { return implies(need, each.code); });
    if (row != need_rows.end()) codes["need"].emplace_back(row->counts_as);
  }
  for (const Row& row : no_place_rows) {
    const bool fits = std::ranges::any_of(
        unavailable, [&](const std::string& need) { return implies(need, row.code); });
    if (!fits) continue;
    codes["no_place"] = {std::string(row.counts_as)};
    break;
  }
  return codes;
}

Counts count_one_way(const Counted& series, const std::vector<CodedCase>& cases) {
  Counts counts;
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    counts.emplace_back(series.dimensions[i].codes.size());
    for (const CodedCase& each : cases) {
      for (const std::uint32_t place : each.at(i)) ++counts[i].at(place);
    }
  }
  return counts;
}

Records records_of(const Counted& series, const std::vector<CodedCase>& cases) {
  if (!series.single_valued()) throw std::logic_error("a case has several codes in this series");
  Records records(series.shape());
  for (const CodedCase& each : cases) {
    std::vector<std::uint32_t> row;
    for (const auto& places : each) row.push_back(places.at(0));
    records.add(row);
  }
  return records;
}

}  // namespace meldpunt::trends
