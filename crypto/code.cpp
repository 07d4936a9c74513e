#include "crypto/code.h"

#include <algorithm>
#include <array>

#include "crypto/label.h"

namespace meldpunt::crypto {

namespace {

__extension__ using Number = unsigned __int128;

constexpr Number power(unsigned base, unsigned exponent) {
  Number value = 1;
  for (unsigned i = 0; i < exponent; ++i) value *= base;
  return value;
}

constexpr Number code_limit = power(word_list_size, code_words);
constexpr Number r_limit = code_limit / 16;
static_assert(r_limit < (Number{1} << 87) && r_limit > (Number{1} << 86));

Number from_bytes(Bytes bytes) {
  Number value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

void to_bytes(MutableBytes out, Number value) {
  for (std::size_t i = out.size(); i-- > 0; value >>= 8) out[i] = static_cast<std::uint8_t>(value);
}

// Divides in place and returns the remainder. By hand, in steps of 32 bits: 128-bit division would
// need a runtime function that Debian's WebAssembly library does not link.
unsigned take_digit(Number& value, unsigned base) {
  Number quotient = 0;
  std::uint64_t rest = 0;
  for (int shift = 96; shift >= 0; shift -= 32) {
    rest = rest << 32 | static_cast<std::uint32_t>(value >> shift);
    quotient = quotient << 32 | rest / base;
    rest %= base;
  }
  value = quotient;
  return static_cast<unsigned>(rest);
}

unsigned check_bits(Number r) {
  Transient<code_size> bytes;
  to_bytes(bytes.fill(), r);
  return hash("check", {bytes.view()}).bytes.back() & 15U;
}

bool is_separator(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-' || c == ',' || c == '.';
}

// Lower-case words, split at separators; nullopt when a character belongs to no code.
std::optional<std::vector<std::string>> split(std::string_view typed) {
  std::vector<std::string> words(1);
  for (char c : typed) {
    if (is_separator(c)) {
      if (!words.back().empty()) words.emplace_back();
      continue;
    }
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) return std::nullopt;
    words.back().push_back(c);
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool all_digits(const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
}

Result<Number> number_of_digits(const std::vector<std::string>& groups) {
  std::size_t count = 0;
  Number value = 0;
  for (const std::string& group : groups) {
    for (const char digit : group) {
      if (++count > code_digits) return fail(Error::bad_checksum);
      value = value * 10 + static_cast<unsigned>(digit - '0');
    }
  }
  if (count < code_digits) return fail(Error::incomplete);
  return value;
}

// The whole word in any list, else the only word of one list that begins so.
std::optional<std::size_t> number_of_word(const std::string& word,
                                          std::span<const WordList* const> lists) {
  for (const WordList* list : lists) {
    if (const auto index = list->index(word)) return index;
  }
  std::optional<std::size_t> only;
  for (const WordList* list : lists) {
    const auto matches = list->complete(word, 2);
    if (matches.size() > 1) return std::nullopt;
    if (matches.empty()) continue;
    const auto index = list->index(matches.front());
    if (only && only != index) return std::nullopt;
    only = index;
  }
  return only;
}

Result<Number> number_of_words(const std::vector<std::string>& words,
                               std::span<const WordList* const> lists) {
  Number value = 0;
  for (const std::string& word : words) {
    const auto index = number_of_word(word, lists);
    if (!index) return fail(Error::unknown_word);
    value = value * word_list_size + *index;
  }
  return value;
}

}  // namespace

Result<std::vector<std::size_t>> numbers_of_words(std::string_view typed,
                                                  std::span<const WordList* const> lists) {
  if (typed.size() > 1024) return fail(Error::unknown_word);
  const auto words = split(typed);
  if (!words) return fail(Error::unknown_word);
  std::vector<std::size_t> numbers;
  for (const std::string& word : *words) {
    const auto number = number_of_word(word, lists);
    if (!number) return fail(Error::unknown_word);
    numbers.push_back(*number);
  }
  return numbers;
}

Result<WordList> WordList::parse(std::string_view text) {
  WordList list;
  list.words_.reserve(word_list_size);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0) return fail(Error::malformed);
    const std::string word(text.substr(0, end));
    text.remove_prefix(end + 1);
    const bool plain =
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain || !list.numbers_.emplace(word, list.words_.size()).second) {
      return fail(Error::malformed);
    }
    list.words_.push_back(word);
  }
  if (list.words_.size() != word_list_size) return fail(Error::malformed);
  return list;
}

std::optional<std::size_t> WordList::index(std::string_view word) const {
  const auto found = numbers_.find(std::string(word));
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string_view> WordList::complete(std::string_view prefix, std::size_t limit) const {
  std::vector<std::string_view> matches;
  if (prefix.empty()) return matches;
  for (const std::string& word : words_) {
    if (matches.size() == limit) break;
    if (word.starts_with(prefix)) matches.emplace_back(word);
  }
  return matches;
}

Code Code::generate() {
  // Rejection keeps r uniform; 87 random bits fall below the limit seven times in ten.
  Transient<code_size> draw;
  Number r = 0;
  do {
    fill_random(draw.fill());
    r = from_bytes(draw.view()) & ((Number{1} << 87) - 1);
  } while (r >= r_limit);
  Code code;
  to_bytes(code.bytes_.fill(), r * 16 + check_bits(r));
  return code;
}

Result<Code> Code::from_canonical(std::span<const std::uint8_t, code_size> bytes) {
  const Number value = from_bytes(bytes);
  if (value >= r_limit * 16) return fail(Error::malformed);
  if (check_bits(value / 16) != static_cast<unsigned>(value % 16)) return fail(Error::bad_checksum);
  Code code;
  copy_bytes(bytes, code.bytes_.fill());
  return code;
}

Result<Code> Code::parse(std::string_view typed, std::span<const WordList* const> lists) {
  if (typed.size() > 1024) return fail(Error::unknown_word);
  const auto found = split(typed);
  if (!found) return fail(Error::unknown_word);
  const auto& words = *found;
  if (words.empty()) return fail(Error::incomplete);
  const bool digits = all_digits(words);
  if (!digits && words.size() < code_words) return fail(Error::incomplete);
  if (!digits && words.size() > code_words) return fail(Error::bad_checksum);
  const auto value = digits ? number_of_digits(words) : number_of_words(words, lists);
  if (!value) return fail(value.error());
  if (*value >= r_limit * 16) return fail(Error::bad_checksum);
  Transient<code_size> canonical;
  to_bytes(canonical.fill(), *value);
  return from_canonical(canonical.view());
}

std::string Code::words(const WordList& list) const {
  Number value = from_bytes(bytes_.view());
  std::array<std::size_t, code_words> indices{};
  for (std::size_t i = code_words; i-- > 0;) indices[i] = take_digit(value, word_list_size);
  std::string words;
  for (const std::size_t index : indices) {
    if (!words.empty()) words += ' ';
    words += list.word(index);
  }
  return words;
}

std::string Code::digits() const {
  Number value = from_bytes(bytes_.view());
  std::array<char, code_digits> digits{};
  for (std::size_t i = code_digits; i-- > 0;) {
    digits[i] = static_cast<char>('0' + static_cast<int>(take_digit(value, 10)));
  }
  std::string grouped;
  for (std::size_t i = 0; i < code_digits; ++i) {
    if (i > 0 && i % 4 == 0) grouped += ' ';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace meldpunt::crypto
