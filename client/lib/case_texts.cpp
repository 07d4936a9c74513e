#include "client/lib/case_texts.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace meldpunt::client {

namespace {

constexpr std::size_t words_around = 60;  // bytes of an excerpt before and after, about

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

// Of the folded text, whose places the original does not have: it is close enough to recognise.
std::string excerpt_of(const CaseText& text, const std::string& word) {
  const std::size_t at = std::min(text.folded.find(word), text.text.size());
  std::size_t begin = at > words_around ? at - words_around : 0;
  std::size_t end = std::min(at + word.size() + words_around, text.text.size());
  while (begin > 0 && !begins_character(text.text[begin])) --begin;
  while (end < text.text.size() && !begins_character(text.text[end])) ++end;
  return (begin > 0 ? "… " : "") + text.text.substr(begin, end - begin) +
         (end < text.text.size() ? " …" : "");
}

bool is_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; }

std::string folded_characters(std::string_view text) {
  utf8proc_uint8_t* out = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  if (size < 0) return std::string(text);  // no UTF-8: it was not read from the journal
  std::string result(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return result;
}

}  // namespace

// Each character is folded by itself, so what has no accents, which is nearly all, needs no table.
std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, is_ascii);
    for (auto c = text.begin(); c != end; ++c) {
      result += *c >= 'A' && *c <= 'Z' ? static_cast<char>(*c - 'A' + 'a') : *c;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    const auto rest = std::ranges::find_if(text, is_ascii);
    const auto others = static_cast<std::size_t>(rest - text.begin());
    if (others > 0) result += folded_characters(text.substr(0, others));
    text.remove_prefix(others);
  }
  return result;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded(text) + ' ') {
    if (c != ' ' && c != '\n' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

void CaseTexts::add(Position position, const crypto::CaseId& subject, TextKind kind,
                    std::string text) {
  if (text.empty()) return;
  std::string lower = folded(text);
  cases_[subject].push_back(std::make_shared<const CaseText>(
      CaseText{position, kind, std::move(text), std::move(lower)}));
}

const CaseTexts::Texts& CaseTexts::of(const crypto::CaseId& subject) const {
  static const Texts none;
  const auto found = cases_.find(subject);
  return found == cases_.end() ? none : found->second;
}

std::vector<TextHit> CaseTexts::find(std::string_view query, std::size_t most) const {
  std::vector<TextHit> hits;
  const auto words = folded_words(query);
  if (words.empty()) return hits;
  std::vector<std::pair<crypto::CaseId, const CaseText*>> found;
  for (const auto& [subject, texts] : cases_) {
    for (const auto& text : texts) {
      const bool all = std::ranges::all_of(words, [&](const std::string& word) {
        return text->folded.find(word) != std::string::npos;
      });
      if (all) found.emplace_back(subject, text.get());
    }
  }
  std::ranges::sort(found, std::greater<>{},
                    [](const auto& entry) { return entry.second->position; });
  if (found.size() > most) found.resize(most);
  for (const auto& [subject, text] : found) {
    hits.push_back({subject, text->position, text->kind, excerpt_of(*text, words.front())});
  }
  return hits;
}

bool CaseTexts::has_word(const crypto::CaseId& subject, const std::string& word) const {
  return std::ranges::any_of(of(subject), [&](const std::shared_ptr<const CaseText>& text) {
    return text->folded.find(word) != std::string::npos;
  });
}

std::string_view name_of(TextKind kind) {
  switch (kind) {
    case TextKind::report:
      return "report";
    case TextKind::reply:
      return "reply";
    case TextKind::note:
      return "note";
    case TextKind::file:
      return "file";
  }
  return "";
}

}  // namespace meldpunt::client
