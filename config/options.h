// Options as tables: one row gives the parser, --help, the example file and docs/configuration.md.
//
// A table is a constant array of rows (server_options.h, gateway_options.h, client_options.h). When
// it has a row `config`, that file is read too: lines `name = value`, `#` starts a comment, the
// command line wins. Each value may be given once in each place, a `list` any number of times.
//
// Secrets are never options: a program is told the file they stand in. A row marked `secret` (such
// a file's name, where the name itself tells something) prints as <set>.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace meldpunt::config {

// Numbers, milliseconds and seconds are written as whole numbers from 0 on, without a unit.
enum class Type : std::uint8_t { text, number, milliseconds, seconds, flag, path, list };

struct Option {
  std::string_view name;
  Type type = Type::text;
  std::string_view fallback;  // flags: empty or "true"; empty elsewhere: not set
  std::string_view help;      // one sentence
  bool secret = false;
  bool deed = false;
};

// Something to do once: on the command line only, never in a file.
constexpr Option deed(std::string_view name, Type type, std::string_view help) {
  return {name, type, "", help, false, true};
}

using Table = std::span<const Option>;

template <std::size_t... Sizes>
constexpr auto join(const std::array<Option, Sizes>&... tables) {
  std::array<Option, (Sizes + ...)> all{};
  std::size_t at = 0;
  (
      [&](const auto& rows) {
        for (const Option& row : rows) all[at++] = row;
      }(tables),
      ...);
  return all;
}

// Why there are no options: one sentence for the person at the keyboard, and whether the command
// line (EX_USAGE), the file's contents (EX_CONFIG) or a missing file (EX_NOINPUT) is to blame.
enum class Fault : std::uint8_t { usage, configuration, no_file };
struct Problem {
  Fault fault = Fault::usage;
  std::string sentence;

  [[nodiscard]] int exit_code() const;  // of sysexits.h
};

// What was given, over the fallbacks of the table, which must outlive it. Asking for a name that
// the table does not have, or as another type than its own, is a mistake in the program:
// std::logic_error.
class Options {
 public:
  [[nodiscard]] bool given(std::string_view name) const;
  // Given, or with a fallback that is not empty.
  [[nodiscard]] bool has(std::string_view name) const { return !value(name).empty(); }

  [[nodiscard]] std::string text(std::string_view name) const;  // also a path's, as written
  [[nodiscard]] std::uint64_t number(std::string_view name) const;
  [[nodiscard]] std::chrono::milliseconds milliseconds(std::string_view name) const;
  [[nodiscard]] std::chrono::seconds seconds(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::filesystem::path path(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;

  // Words without dashes, in their order.
  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }

  // Every value that was given, as text (the last one of a list).
  [[nodiscard]] std::map<std::string, std::string, std::less<>> given_values() const;

  // `name = value` for every row but deeds; secrets as <set>.
  [[nodiscard]] std::string print() const;

 private:
  friend class Parser;
  explicit Options(Table table) : table_(table) {}

  [[nodiscard]] const Option& row(std::string_view name) const;
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] std::string_view value_of(std::string_view name, Type type) const;

  Table table_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positional_;
};

enum class Positional : std::uint8_t { refused, taken };

// arguments: without the program's own name.
[[nodiscard]] tl::expected<Options, Problem> parse(Table table,
                                                   std::span<const char* const> arguments,
                                                   Positional positional = Positional::refused);

// The same for main's own parameters.
[[nodiscard]] tl::expected<Options, Problem> parse(Table table, int count,
                                                   const char* const* arguments,
                                                   Positional positional = Positional::refused);

// usage: for example "meldpuntd [OPTION]...". Lines of at most 100 columns.
[[nodiscard]] std::string help_text(std::string_view usage, Table table);
// A file that changes nothing: every setting at its fallback, those without one commented out.
[[nodiscard]] std::string example_file(std::string_view title, Table table);
// Rows of a Markdown table.
[[nodiscard]] std::string markdown_rows(Table table);

}  // namespace meldpunt::config
