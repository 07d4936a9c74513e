#include "client/console/wish.h"

namespace meldpunt::console {

std::string Wish::text(const char* name) const {
  const auto found = object_.find(name);
  return found != object_.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Wish::flag(const char* name) const { return choice(name).value_or(false); }

std::uint64_t Wish::number(const char* name) const {
  const auto found = object_.find(name);
  return found != object_.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::optional<bool> Wish::choice(const char* name) const {
  const auto found = object_.find(name);
  if (found == object_.end() || !found->is_boolean()) return std::nullopt;
  return found->get<bool>();
}

std::vector<std::string> Wish::texts(const char* name) const {
  std::vector<std::string> texts;
  const auto found = object_.find(name);
  if (found == object_.end() || !found->is_array()) return texts;
  for (const auto& each : *found) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

std::vector<nlohmann::json> Wish::objects(const char* name) const {
  std::vector<nlohmann::json> objects;
  const auto found = object_.find(name);
  if (found == object_.end() || !found->is_array()) return objects;
  for (const auto& each : *found) {
    if (each.is_object()) objects.push_back(each);
  }
  return objects;
}

std::vector<std::pair<std::string, std::string>> Wish::pairs(const char* name) const {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto* found = object(name);
  if (found == nullptr) return pairs;
  for (const auto& [key, value] : found->items()) {
    if (value.is_string()) pairs.emplace_back(key, value.get<std::string>());
  }
  return pairs;
}

const nlohmann::json* Wish::object(const char* name) const {
  const auto found = object_.find(name);
  return found != object_.end() && found->is_object() ? &*found : nullptr;
}

}  // namespace meldpunt::console
