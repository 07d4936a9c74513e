// The code that a reporter keeps: seven words, or 28 digits. It is made on the reporter's device
// and never sent.
//
// Canonical form: v = 16 r + c, r uniform below 7776^7 / 16, c the low four bits of the last byte
// of hash("check", r as 12 bytes big-endian); v as 12 bytes, big-endian. The words are v in base
// 7776, most significant first; the digits are v in decimal with leading zeros.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "crypto/secret.h"

namespace meldpunt::crypto {

inline constexpr std::size_t code_size = 12;
inline constexpr std::size_t code_words = 7;
inline constexpr std::size_t code_digits = 28;
inline constexpr std::size_t word_list_size = 7776;

// A published list is frozen: a word's line is its number for ever.
class WordList {
 public:
  // text: 7,776 distinct lower-case words (a-z), one a line. malformed otherwise.
  static Result<WordList> parse(std::string_view text);

  [[nodiscard]] std::string_view word(std::size_t index) const { return words_[index]; }
  [[nodiscard]] std::optional<std::size_t> index(std::string_view word) const;
  // Every word that starts with `prefix`, at most `limit`, in the list's order.
  [[nodiscard]] std::vector<std::string_view> complete(std::string_view prefix,
                                                       std::size_t limit) const;

 private:
  WordList() = default;

  std::vector<std::string> words_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

// What a person typed as words, in any case and spacing, each as its number in any of the lists; a
// word may be cut short where only one word begins so.
Result<std::vector<std::size_t>> numbers_of_words(std::string_view typed,
                                                  std::span<const WordList* const> lists);

class Code {
 public:
  static Code generate();
  // malformed when the number is too large, bad_checksum when its last four bits do not fit.
  static Result<Code> from_canonical(std::span<const std::uint8_t, code_size> bytes);
  // What a person typed: words of any of the lists, or digits, in any case and spacing, with or
  // without dashes, commas and dots. A word may be cut short where only one word begins so.
  static Result<Code> parse(std::string_view typed, std::span<const WordList* const> lists);

  [[nodiscard]] std::span<const std::uint8_t, code_size> canonical() const { return bytes_.view(); }
  // Seven words with single spaces.
  [[nodiscard]] std::string words(const WordList& list) const;
  // 28 digits in groups of four.
  [[nodiscard]] std::string digits() const;

 private:
  Code() = default;

  SecretBytes<code_size> bytes_;
};

}  // namespace meldpunt::crypto
