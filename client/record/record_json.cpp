#include "client/record/record_json.h"

#include <nlohmann/json.hpp>

namespace meldpunt::record {

namespace {

using nlohmann::json;

std::optional<Value> value_of(const json& value) {
  if (value.is_boolean()) return Value{value.get<bool>()};
  if (value.is_string()) return Value{value.get<std::string>()};
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> codes;
  for (const json& code : value) {
    if (!code.is_string()) return std::nullopt;
    codes.push_back(code.get<std::string>());
  }
  return Value{std::move(codes)};
}

json json_of(const Label& label) { return {{"nl", label.dutch}, {"en", label.english}}; }

json json_of(const Field& field) {
  json object{{"name", field.name},          {"label", json_of(field.label)},
              {"type", name_of(field.type)}, {"scheme", nullptr},
              {"choices", nullptr},          {"required", field.required}};
  if (!field.scheme.empty()) object["scheme"] = field.scheme;
  if (field.choices.empty()) return object;
  object["choices"] = json::array();
  for (const Choice& choice : field.choices) {
    object["choices"].push_back({{"code", choice.code}, {"label", json_of(choice.label)}});
  }
  return object;
}

}  // namespace

json json_of(const Fields& fields) {
  json object = json::object();
  for (const auto& [name, value] : fields) {
    if (is_empty(value)) continue;
    std::visit([&, &field = name](const auto& held) { object[field] = held; }, value);
  }
  return object;
}

std::optional<Fields> fields_of(const json& object) {
  if (!object.is_object()) return std::nullopt;
  Fields fields;
  for (const auto& [name, member] : object.items()) {
    auto value = value_of(member);
    if (!value) return std::nullopt;
    fields.emplace(name, std::move(*value));
  }
  return fields;
}

json json_of_kinds() {
  json kinds = json::array();
  for (const Kind& kind : all_kinds()) {
    json fields = json::array();
    for (const Field& field : kind.fields) fields.push_back(json_of(field));
    kinds.push_back({{"kind", kind.name},
                     {"label", json_of(kind.label)},
                     {"several", kind.holds == Holds::several},
                     {"on_request", kind.shown == Shown::on_request},
                     {"by_deed", kind.shown == Shown::by_deed},
                     {"fields", fields}});
  }
  return kinds;
}

}  // namespace meldpunt::record
