#include "server/gateway/coding.h"

#include <algorithm>
#include <cctype>

namespace meldpunt::gateway {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// What stands before the separator; `text` becomes what stands after it.
std::string_view next_of(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const std::string_view first = trimmed(text.substr(0, end));
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return first;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

// "q=0", "q=0.0": not this one.
bool is_refusal(std::string_view weight) {
  if (weight.size() < 3 || !same_word(weight.substr(0, 2), "q=")) return false;
  return weight.find_first_not_of("0.", 2) == std::string_view::npos;
}

bool accepts(std::string_view list, std::string_view coding) {
  bool any = false;
  while (!list.empty()) {
    std::string_view element = next_of(list, ',');
    const std::string_view name = next_of(element, ';');
    const bool wanted = !is_refusal(trimmed(element));
    if (same_word(name, coding)) return wanted;
    if (name == "*") any = wanted;
  }
  return any;
}

}  // namespace

Coding accepted_coding(std::string_view accept_encoding) {
  for (const Coding coding : {Coding::brotli, Coding::gzip}) {
    if (accepts(accept_encoding, coding_names[static_cast<std::size_t>(coding)])) return coding;
  }
  return Coding::identity;
}

}  // namespace meldpunt::gateway
