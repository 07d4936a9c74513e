#include "client/console/http.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "client/console/sentences.h"

namespace meldpunt::console {

namespace {

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned value = 0;
    const auto* const end = digits.data() + digits.size();
    if (digits.size() != 2 || std::from_chars(digits.data(), end, value, 16).ptr != end) return {};
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

}  // namespace

Response refusal(unsigned status, std::string_view sentence) {
  return {status, nlohmann::json{{"problem", sentence}, {"said", said(sentence)}}.dump()};
}

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return percent_decoded(pair.substr(equals + 1));
    }
  }
  return {};
}

}  // namespace meldpunt::console
