// A case file with something in every field of every kind: a text says where it stands, so that a
// test can tell what came out somewhere.
#pragma once

#include <set>

#include "client/lib/recording.h"
#include "client/lib/vocabulary.h"
#include "tests/support/office.h"

namespace meldpunt::client::test {

inline constexpr std::string_view mark = "MARK-";

// A value for every field of a kind; a text says where it stands.
inline record::Value filled(const record::Kind& kind, const record::Field& field) {
  const auto codes = [&]() -> std::vector<std::string> {
    std::vector<std::string> all;
    for (const record::Choice& choice : field.choices) all.emplace_back(choice.code);
    for (const std::string_view code : codes_of(field.scheme)) all.emplace_back(code);
    return all;
  };
  switch (field.type) {
    case record::FieldType::code:
      return codes().front();
    case record::FieldType::codes:
      return codes();
    case record::FieldType::date:
      return std::string("2026-01-02");
    case record::FieldType::flag:
      return true;
    case record::FieldType::subject:
      return std::string();
    case record::FieldType::text:
    case record::FieldType::line:
      break;
  }
  return std::string(mark) + std::string(kind.name) + "." + std::string(field.name);
}

inline std::set<std::string> marks_in(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t end =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.", at + mark.size());
    found.insert(text.substr(at + mark.size(), end - at - mark.size()));
  }
  return found;
}

inline void fill_file(Casework& casework, const crypto::CaseId& subject) {
  for (const record::Kind& kind : record::all_kinds()) {
    record::Fields fields;
    for (const record::Field& field : kind.fields) {
      fields[std::string(field.name)] = filled(kind, field);
    }
    const std::string name(kind.name);
    must(write_record(casework, subject,
                      kind.holds == record::Holds::one
                          ? instead_of(casework.files().of(subject), name, std::move(fields))
                          : new_item(name, std::move(fields))));
  }
}

}  // namespace meldpunt::client::test
