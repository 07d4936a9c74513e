#include "client/record/record_event.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/record/record_json.h"
#include "crypto/hexadecimal.h"
#include "crypto/text.h"

namespace meldpunt::record {

namespace {

using nlohmann::json;

bool is_lines(const std::string& text) { return crypto::is_text(crypto::as_bytes(text)); }

bool is_line(const std::string& text) {
  return is_lines(text) && text.find_first_of("\n\t") == std::string::npos;
}

bool is_number(std::string_view digits) {
  return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

// Of the form only: 2026-02-31 passes, and sorts where it should.
bool is_date(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         is_number(std::string_view(text).substr(0, 4)) &&
         is_number(std::string_view(text).substr(5, 2)) &&
         is_number(std::string_view(text).substr(8, 2)) && text.substr(5, 2) >= "01" &&
         text.substr(5, 2) <= "12" && text.substr(8, 2) >= "01" && text.substr(8, 2) <= "31";
}

bool is_case(const std::string& text) {
  crypto::CaseId id;
  return text.empty() || crypto::from_hexadecimal(text, id.fill());
}

bool is_known(const Field& field, const std::string& code, HasCode has_code) {
  if (!field.scheme.empty()) return has_code(field.scheme, code);
  return std::ranges::find(field.choices, code, &Choice::code) != field.choices.end();
}

std::string named(const Kind& kind, const Field& field) {
  return "'" + std::string(field.name) + "' of '" + std::string(kind.name) + "' ";
}

std::string codes_of(const Field& field) {
  if (!field.scheme.empty()) {
    return "a code of the vocabulary's scheme '" + std::string(field.scheme) + "'";
  }
  std::string codes = "one of";
  for (const Choice& choice : field.choices) codes += " " + std::string(choice.code);
  return codes;
}

std::string fault_of_text(const Kind& kind, const Field& field, const std::string& text,
                          HasCode has_code) {
  switch (field.type) {
    case FieldType::code:
      if (is_known(field, text, has_code)) return {};
      return named(kind, field) + "is " + codes_of(field);
    case FieldType::text:
      if (is_lines(text)) return {};
      return named(kind, field) + "is text (UTF-8) without control characters";
    case FieldType::line:
      if (is_line(text)) return {};
      return named(kind, field) + "is one line of text (UTF-8)";
    case FieldType::date:
      if (is_date(text)) return {};
      return named(kind, field) + "is a date, as 2026-01-31";
    case FieldType::subject:
      if (is_case(text)) return {};
      return named(kind, field) + "is the id of a case: 32 hexadecimal digits";
    case FieldType::codes:
    case FieldType::flag:
      break;
  }
  return named(kind, field) + "is not a text";
}

std::string fault_of_field(const Kind& kind, const Field& field, const Value& value,
                           HasCode has_code) {
  if (std::holds_alternative<bool>(value)) {
    return field.type == FieldType::flag ? "" : named(kind, field) + "is not yes or no";
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return fault_of_text(kind, field, *text, has_code);
  }
  if (field.type != FieldType::codes) return named(kind, field) + "is one value, not several";
  for (const std::string& code : std::get<std::vector<std::string>>(value)) {
    if (!is_known(field, code, has_code)) {
      return named(kind, field) + "has '" + code + "', which is not " + codes_of(field);
    }
  }
  return {};
}

std::string known_kinds() {
  std::string names;
  for (const Kind& kind : all_kinds()) names += " " + std::string(kind.name);
  return names;
}

std::string known_fields(const Kind& kind) {
  std::string names;
  for (const Field& field : kind.fields) names += " " + std::string(field.name);
  return names;
}

std::string fault_of_fields(const Kind& kind, const Fields& fields, HasCode has_code) {
  for (const auto& [name, value] : fields) {
    const Field* field = find_field(kind, name);
    if (field == nullptr) {
      return "'" + std::string(kind.name) + "' has no field '" + name +
             "'; it has:" + known_fields(kind);
    }
    if (auto fault = fault_of_field(kind, *field, value, has_code); !fault.empty()) return fault;
  }
  for (const Field& field : kind.fields) {
    const auto given = fields.find(field.name);
    if (field.required && (given == fields.end() || is_empty(given->second))) {
      return named(kind, field) + "has to be filled in";
    }
  }
  return {};
}

template <class AnyId>
bool read_id(const json& object, const char* name, AnyId& id) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() &&
         crypto::from_hexadecimal(found->get_ref<const std::string&>(), id.fill());
}

// An older version of a kind's fields is brought up here, a line for each change:
// `if (kind == "need" && version < 2) rename(fields, "who", "provider");`. There is none yet.
void bring_up(const std::string& kind, std::uint64_t version, Fields& fields) {
  (void)kind;
  (void)version;
  (void)fields;
}

bool read_heading(const json& object, RecordEvent& event) {
  const auto kind = object.find("kind");
  if (kind == object.end() || !kind->is_string()) return false;
  event.kind = kind->get<std::string>();
  if (!read_id(object, "change", event.change)) return false;
  if (object.contains("item") && !read_id(object, "item", event.item)) return false;
  const auto seen = object.find("seen");
  if (seen != object.end()) {
    if (!seen->is_number_unsigned()) return false;
    event.seen = seen->get<Position>();
  }
  event.removed = object.contains("removed");
  return true;
}

}  // namespace

std::string fault_of(const RecordEvent& event, HasCode has_code) {
  const Kind* kind = find_kind(event.kind);
  if (kind == nullptr) {
    return "a case file has no '" + event.kind + "'; it has:" + known_kinds();
  }
  if ((kind->holds == Holds::one) != event.item.is_zero()) {
    return kind->holds == Holds::one
               ? "a case has one '" + event.kind + "': it takes no item"
               : "a case may have several '" + event.kind + "': name the item";
  }
  if (event.removed) return {};
  return fault_of_fields(*kind, event.fields, has_code);
}

std::string encode(const RecordEvent& event) {
  const Kind* kind = find_kind(event.kind);
  json object{{"kind", event.kind},
              {"version", kind == nullptr ? 1 : kind->version},
              {"change", crypto::hexadecimal(event.change.view())},
              {"fields", json_of(event.fields)}};
  if (!event.item.is_zero()) object["item"] = crypto::hexadecimal(event.item.view());
  if (event.seen != 0) object["seen"] = event.seen;
  if (event.removed) object["removed"] = true;
  return object.dump();
}

crypto::Result<RecordEvent> decode(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  RecordEvent event;
  if (!object.is_object() || !read_heading(object, event)) {
    return crypto::fail(crypto::Error::malformed);
  }
  const auto version = object.find("version");
  if (version == object.end() || !version->is_number_unsigned()) {
    return crypto::fail(crypto::Error::malformed);
  }
  const auto fields = object.find("fields");
  auto read = fields == object.end() ? std::nullopt : fields_of(*fields);
  if (!read) return crypto::fail(crypto::Error::malformed);
  event.fields = std::move(*read);
  bring_up(event.kind, version->get<std::uint64_t>(), event.fields);
  return event;
}

bool is_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  if (const auto* codes = std::get_if<std::vector<std::string>>(&value)) return codes->empty();
  return false;
}

std::string text_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  std::string joined;
  for (const std::string& code : std::get<std::vector<std::string>>(value)) {
    joined += (joined.empty() ? "" : " ") + code;
  }
  return joined;
}

std::string text_in(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : text_of(found->second);
}

std::vector<std::string> codes_in(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  if (const auto* codes = std::get_if<std::vector<std::string>>(&found->second)) return *codes;
  if (const auto* code = std::get_if<std::string>(&found->second); code && !code->empty()) {
    return {*code};
  }
  return {};
}

bool is_on_request(const RecordEvent& event) {
  const Kind* kind = find_kind(event.kind);
  return kind != nullptr && kind->shown == Shown::on_request;
}

std::string texts_of(const RecordEvent& event) {
  const Kind* kind = find_kind(event.kind);
  std::string texts;
  if (kind == nullptr) return texts;
  for (const Field& field : kind->fields) {
    if (field.type != FieldType::text && field.type != FieldType::line) continue;
    const std::string text = text_in(event.fields, field.name);
    if (!text.empty()) texts += (texts.empty() ? "" : "\n") + text;
  }
  return texts;
}

bool flag_in(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  const bool* flag = found == fields.end() ? nullptr : std::get_if<bool>(&found->second);
  return flag != nullptr && *flag;
}

}  // namespace meldpunt::record
