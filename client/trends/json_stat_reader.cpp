#include <cmath>
#include <nlohmann/json.hpp>

#include "client/trends/json_stat.h"

namespace meldpunt::trends {

namespace {

using nlohmann::json;

// Whoever sends it may have written anything: what is not there is null, and nothing throws.
const json& at(const json& object, const char* name) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string text_at(const json& object, const char* name) {
  const json& value = at(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

struct Refused {
  std::string reason;
};

[[noreturn]] void refuse(std::string reason) { throw Refused{std::move(reason)}; }

// For a sentence that people read: nothing of what a stranger wrote but a version's own letters.
std::string named(const std::string& version) {
  constexpr std::size_t longest = 16;
  const bool plain = !version.empty() && version.size() <= longest &&
                     version.find_first_not_of("0123456789.") == std::string::npos;
  return plain ? "version " + version : "another version";
}

Billionths billionths_at(const json& object, const char* name) {
  const std::string text = text_at(object, name);
  const Billionths value = read_decimal(text);
  if (value == 0 && text != "0.0") refuse(std::string("its ") + name + " is no number");
  return value;
}

Noise noise_of(const std::string& name) {
  for (const Noise noise : {Noise::laplace, Noise::gaussian, Noise::effects}) {
    if (name_of(noise) == name) return noise;
  }
  refuse("its kind of noise is not known");
}

// The axes that the names of dimensions stand for, rising.
Axes axes_of(const json& names, const Counted& series) {
  Axes axes = 0;
  if (!names.is_array()) refuse("a table without dimensions");
  for (const json& each : names) {
    const auto index = each.is_string() ? series.index_of(each.get<std::string>()) : std::nullopt;
    if (!index || (axes >> *index) != 0) refuse("a table of dimensions that we do not have");
    axes |= Axes{1} << *index;
  }
  return axes;
}

// The codes of each dimension, as ours and in our order: else a cell would be another's.
void check_codes(const json& dimension, const Counted& series, Axes axes) {
  for (std::size_t i = 0; i < series.dimensions.size(); ++i) {
    if (!holds_axis(axes, i)) continue;
    const Dimension& ours = series.dimensions[i];
    const json& index = at(at(at(dimension, std::string(ours.name).c_str()), "category"), "index");
    bool same = index.is_array() && index.size() == ours.codes.size();
    for (std::size_t c = 0; same && c < ours.codes.size(); ++c) {
      same = index[c].is_string() && index[c].get<std::string>() == ours.codes[c].name;
    }
    if (!same) refuse("the code list of " + std::string(ours.name) + " is not ours");
  }
}

double number(const json& value) {
  if (!value.is_number()) refuse("a cell without a number");
  const double number = value.get<double>();
  if (!std::isfinite(number) || std::abs(number) > 1e12) refuse("a number that cannot be");
  return number;
}

Period period_in(const std::string& name, const Period& within) {
  const auto period = read_period(name);
  if (!period || period->first < within.first || period->last > within.last) {
    refuse("a table of another period");
  }
  return *period;
}

Table table_of(const json& item, const Counted& series, const Period& within) {
  json names = at(item, "id");
  if (!names.is_array() || names.size() < 2 || names.front() != "period" ||
      names.back() != "measure") {
    refuse("a table that is not laid out as ours");
  }
  names.erase(names.size() - 1);
  names.erase(0);
  Table table;
  table.axes = axes_of(names, series);
  const json& dimension = at(item, "dimension");
  check_codes(dimension, series, table.axes);
  const json& periods = at(at(at(dimension, "period"), "category"), "index");
  const bool named = periods.is_array() && periods.size() == 1 && periods[0].is_string();
  table.period = period_in(named ? periods[0].get<std::string>() : std::string(), within);
  const json& extension = at(item, "extension");
  table.final = text_at(extension, "status") == "final";
  table.variance = number(at(extension, "variance"));
  const json& value = at(item, "value");
  const std::uint64_t cells = cell_count(series.shape(), table.axes);
  if (!value.is_array() || value.size() != 3 * cells) refuse("a table with cells missing");
  for (std::size_t i = 0; i < value.size(); i += 3) {
    const Cell cell{number(value[i]), number(value[i + 1]), number(value[i + 2])};
    if (cell.lower > cell.estimate || cell.estimate > cell.upper || table.variance <= 0) {
      refuse("an interval that does not hold its estimate");
    }
    table.cells.push_back(cell);
  }
  return table;
}

MeasuredEffect effect_of(const json& object, const Counted& series) {
  MeasuredEffect measured;
  measured.effect.axes = axes_of(at(object, "dimensions"), series);
  const json& variance = at(object, "variance");
  const bool whole = variance.is_array() && variance.size() == 2 &&
                     variance[0].is_number_unsigned() && variance[1].is_number_unsigned();
  if (!whole || variance[0] == 0 || variance[1] == 0) refuse("an effect without its noise");
  measured.effect.variance = {variance[0].get<std::uint64_t>(), variance[1].get<std::uint64_t>()};
  const json& values = at(object, "values");
  if (!values.is_array() || values.size() != cell_count(series.shape(), measured.effect.axes)) {
    refuse("an effect with values missing");
  }
  for (const json& value : values) {
    if (!value.is_number_integer()) refuse("an effect with a value that is not whole");
    measured.scaled.push_back(value.get<std::int64_t>());
  }
  return measured;
}

Publication read(const json& document) {
  const json& extension = at(document, "extension");
  Publication publication;
  publication.series = find_series(text_at(extension, "series"));
  if (publication.series == nullptr) refuse("a series that is not known");
  if (const std::string version = text_at(extension, "code_lists"); version != code_lists_version) {
    refuse("its code lists are of " + named(version) + ", ours of version " +
           std::string(code_lists_version));
  }
  const auto period = read_period(text_at(extension, "period"));
  if (!period) refuse("it names no period");
  publication.period = *period;
  const json& sequence = at(extension, "sequence");
  if (!sequence.is_number_unsigned() || sequence.get<std::uint64_t>() > 0xffffffffU) {
    refuse("it has no number");
  }
  publication.sequence = sequence.get<std::uint32_t>();
  publication.region = text_at(document, "source");
  publication.schedule = text_at(extension, "schedule");
  publication.noise = noise_of(text_at(extension, "noise"));
  publication.charge = {billionths_at(extension, "rho"), billionths_at(extension, "epsilon_pure")};
  publication.whole = {billionths_at(extension, "rho_of_series"),
                       billionths_at(extension, "epsilon_pure_of_series")};
  const json& note = at(document, "note");
  if (note.is_array() && note.size() == 3 && note[2].is_string()) {
    publication.method = note[2].get<std::string>();
  }
  const json& items = at(at(document, "link"), "item");
  if (!items.is_array() || items.empty()) refuse("it has no tables");
  for (const json& item : items) {
    publication.tables.push_back(table_of(item, *publication.series, publication.period));
  }
  const json& measured = at(extension, "measured");
  if (measured.is_array()) {
    for (const json& each : measured) {
      publication.measured.push_back(effect_of(each, *publication.series));
    }
  }
  return publication;
}

}  // namespace

ReadPublication read_json_stat(std::string_view document) {
  const json parsed = json::parse(document, nullptr, false);
  if (!parsed.is_object()) return {std::nullopt, "it is no JSON-stat document"};
  try {
    return {read(parsed), {}};
  } catch (const Refused& refused) {
    return {std::nullopt, refused.reason};
  }
}

}  // namespace meldpunt::trends
