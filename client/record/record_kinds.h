// What a case file may hold, as one table: a row for each kind of item, with its fields.
//
// Everything that writes, checks, shows or describes the record reads this table: the events
// (record_event.h), the command `record`, the console's forms and docs/casework.md. Codes are the
// vocabulary's (config/vocabulary.json); a field whose few choices no scheme has lists them itself.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace meldpunt::record {

// What people call it.
struct Label {
  std::string_view dutch;
  std::string_view english;
};

enum class FieldType : std::uint8_t {
  code,   // one of a scheme, or of the choices
  codes,  // several; the first is the main one
  text,   // lines
  line,   // one line
  date,   // YYYY-MM-DD
  flag,
  subject,  // another case, by its id
};

struct Choice {
  std::string_view code;
  Label label;
};

struct Field {
  std::string_view name;
  Label label;
  FieldType type{};
  std::string_view scheme{};
  std::span<const Choice> choices{};
  bool required = false;
};

enum class Holds : std::uint8_t { one, several };
// on_request: stays sealed until somebody opens it, which is journaled. by_deed: no form writes it;
// merging, opening, confirming and the like do.
enum class Shown : std::uint8_t { always, on_request, by_deed };

struct Kind {
  std::string_view name;
  Label label;
  Holds holds{};
  std::span<const Field> fields;
  Shown shown = Shown::always;
  std::uint8_t version = 1;  // of its fields: an older one is brought up when it is read
};

[[nodiscard]] std::span<const Kind> all_kinds();
// Null: there is no such kind, or field.
[[nodiscard]] const Kind* find_kind(std::string_view name);
[[nodiscard]] const Field* find_field(const Kind& kind, std::string_view name);
// As docs and scripts write it: "codes".
[[nodiscard]] std::string_view name_of(FieldType type);

}  // namespace meldpunt::record
