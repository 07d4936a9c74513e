#include "client/trends/csv.h"

#include <cmath>

#include "client/trends/json_stat.h"

namespace meldpunt::trends {

namespace {

constexpr std::string_view line_end = "\r\n";

// A text that begins like a formula would be one in a spreadsheet.
std::string field(std::string_view text) {
  std::string safe(text);
  if (!safe.empty() && std::string_view("=+-@\t\r").find(safe.front()) != std::string_view::npos) {
    safe.insert(0, 1, '\'');
  }
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char letter : safe) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

// In hundredths, without trailing zeros.
std::string number(double value) {
  const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
  std::string text = hundredths < 0 ? "-" : "";
  const std::int64_t size = std::abs(hundredths);
  text += std::to_string(size / 100);
  if (size % 100 == 0) return text;
  text += '.';
  text += std::to_string(size % 100 / 10);
  if (size % 10 != 0) text += std::to_string(size % 10);
  return text;
}

// Calls `row(table, cell, codes)` for each cell; codes: of each dimension of the series, null where
// the table is over all of them.
template <class Row>
void each_cell(const Publication& publication, Row row) {
  const auto& dimensions = publication.series->dimensions;
  const Shape shape = publication.series->shape();
  for (const Table& table : publication.tables) {
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      std::vector<const Code*> codes(dimensions.size());
      std::size_t rest = c;
      for (std::size_t i = dimensions.size(); i-- > 0;) {
        if (!holds_axis(table.axes, i)) continue;
        codes[i] = &dimensions[i].codes[rest % shape[i]];
        rest /= shape[i];
      }
      row(table, table.cells[c], codes);
    }
  }
}

std::string_view status_of(const Table& table, const Cell& cell) {
  if (cell.uncertain()) return "E";
  return table.final ? "A" : "P";
}

}  // namespace

std::string sdmx_csv(const Publication& publication) {
  std::string text = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA";
  for (const Dimension& each : publication.series->dimensions) {
    text += ',';
    for (const char letter : each.name) {
      text += static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    }
  }
  text += ",TIME_PERIOD,OBS_VALUE,LOWER,UPPER,OBS_STATUS,EPSILON,DELTA,CODE_LISTS";
  text += line_end;
  const std::string start = "dataflow,MELDPUNT:TRENDS_" + std::string(publication.series->name) +
                            "(1.0.0),I," + field(publication.region);
  const std::string end = ',' + decimal(publication.whole.epsilon()) + ',' +
                          std::string(delta_text) + ',' + std::string(code_lists_version) +
                          std::string(line_end);
  each_cell(publication, [&](const Table& table, const Cell& cell, const auto& codes) {
    text += start;
    for (const Code* code : codes) {
      text += ',';
      text += code == nullptr ? "_T" : code->name;
    }
    text += ',' + name_of(table.period) + ',' + number(cell.estimate) + ',' + number(cell.lower) +
            ',' + number(cell.upper) + ',';
    text += status_of(table, cell);
    text += end;
  });
  return text;
}

std::string plain_csv(const Publication& publication) {
  const auto& dimensions = publication.series->dimensions;
  std::string text = "region,table,period,status";
  for (const Dimension& each : dimensions) text += ',' + field(each.label);
  text += ",estimate,lower,upper,too uncertain to read";
  text += line_end;
  each_cell(publication, [&](const Table& table, const Cell& cell, const auto& codes) {
    text += field(publication.region) + ',' + field(title_of(*publication.series, table.axes)) +
            ',' + name_of(table.period) + ',' + (table.final ? "final" : "provisional");
    for (const Code* code : codes) text += ',' + (code == nullptr ? "" : field(code->label));
    text += ',' + number(cell.estimate) + ',' + number(cell.lower) + ',' + number(cell.upper) +
            ',' + (cell.uncertain() ? "yes" : "no");
    text += line_end;
  });
  return text;
}

}  // namespace meldpunt::trends
