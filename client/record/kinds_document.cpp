#include "client/record/kinds_document.h"

#include "client/record/record_kinds.h"

namespace meldpunt::record {

namespace {

std::string values_of(const Field& field) {
  if (!field.scheme.empty()) return "scheme `" + std::string(field.scheme) + "`";
  std::string codes;
  for (const Choice& choice : field.choices) {
    codes += (codes.empty() ? "`" : ", `") + std::string(choice.code) + "`";
  }
  return codes;
}

std::string section_of(const Kind& kind) {
  std::string out = "\n## " + std::string(kind.name) + "\n\n" + std::string(kind.label.english) +
                    " (" + std::string(kind.label.dutch) + "), version " +
                    std::to_string(kind.version) + "; " +
                    (kind.holds == Holds::one ? "one in a case" : "several in a case");
  if (kind.shown == Shown::on_request) {
    out += "; stays sealed until somebody opens it, which is journaled";
  } else if (kind.shown == Shown::by_deed) {
    out += "; written by a deed of its own";
  }
  out += ".\n\n| field | type | what it is | values |\n|---|---|---|---|\n";
  for (const Field& field : kind.fields) {
    out += "| `" + std::string(field.name) + "` | " + std::string(name_of(field.type)) +
           (field.required ? ", required" : "") + " | " + std::string(field.label.english) + " (" +
           std::string(field.label.dutch) + ") | " + values_of(field) + " |\n";
  }
  return out;
}

}  // namespace

std::string kinds_document() {
  std::string out = R"(# What a case file may hold

This page is written from the table in `client/record/record_kinds.cpp` by the program `write_commands`; a test compares
them. What the events look like, and how they come together, stands in [casework.md](casework.md). Schemes are those of
`config/vocabulary.json`.
)";
  for (const Kind& kind : all_kinds()) out += section_of(kind);
  return out;
}

}  // namespace meldpunt::record
