// The texts that a table gives: --help, the example file, the rows of docs/configuration.md.
#include <algorithm>

#include "config/options.h"

namespace meldpunt::config {
namespace {

constexpr std::size_t columns = 100;

std::string_view value_name(Type type) {
  switch (type) {
    case Type::text:
      return "TEXT";
    case Type::number:
      return "NUMBER";
    case Type::milliseconds:
      return "MILLISECONDS";
    case Type::seconds:
      return "SECONDS";
    case Type::flag:
      return "";
    case Type::path:
      return "PATH";
    case Type::list:
      return "TEXT ...";
  }
  return "";
}

std::string shown_fallback(const Option& row) {
  if (row.fallback.empty()) return {};
  return row.secret ? "<set>" : std::string(row.fallback);
}

// `text` broken between words, every line after `indent`.
std::string wrapped(std::string_view text, const std::string& indent) {
  std::string out;
  std::string line = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (line.size() > indent.size() && line.size() + 1 + word.size() > columns) {
      out += line + '\n';
      line = indent;
    }
    if (line.size() > indent.size()) line += ' ';
    line += word;
  }
  return out + line + '\n';
}

std::string in_cells(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '|') out += '\\';
    out += letter;
  }
  return out;
}

}  // namespace

std::string help_text(std::string_view usage, Table table) {
  std::string out = "usage: " + std::string(usage) + "\n\n";
  for (const Option& row : table) {
    std::string head = "  --" + std::string(row.name);
    if (const auto value = value_name(row.type); !value.empty()) head += ' ' + std::string(value);
    out += head + '\n';
    std::string sentence(row.help);
    if (const auto fallback = shown_fallback(row); !fallback.empty()) {
      sentence += " (default: " + fallback + ')';
    }
    out += wrapped(sentence, "        ");
  }
  return out;
}

std::string example_file(std::string_view title, Table table) {
  std::string out = wrapped(title, "# ");
  for (const Option& row : table) {
    if (row.deed || row.name == "config") continue;
    out += '\n' + wrapped(row.help, "# ");
    const std::string_view fallback =
        row.type == Type::flag && row.fallback.empty() ? "false" : row.fallback;
    out += fallback.empty() ? "#" + std::string(row.name) + " =\n"
                            : std::string(row.name) + " = " + std::string(fallback) + '\n';
  }
  return out;
}

std::string markdown_rows(Table table) {
  std::string out = "| option | value | default | what it says |\n|---|---|---|---|\n";
  for (const Option& row : table) {
    const std::string fallback = shown_fallback(row);
    const auto value = value_name(row.type);
    out += "| `--" + std::string(row.name) + "` | " + std::string(value) + " | " +
           (fallback.empty() ? "" : '`' + in_cells(fallback) + '`') + " | " + in_cells(row.help) +
           " |\n";
  }
  return out;
}

}  // namespace meldpunt::config
