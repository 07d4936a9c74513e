// Two word lists of made-up words, so that tests and vectors depend on no published list.
//
// Word n is the list's letter, then n in base 26 as three letters, then "ola": "waaaola" is word 0
// of list 'w'. Every hundredth word is the same in all lists: "both" and the three letters.
#pragma once

#include <string>

#include "crypto/code.h"

namespace meldpunt::crypto::test {

inline std::string made_up_word(char list, std::size_t number) {
  std::string letters(3, 'a');
  std::size_t rest = number;
  for (std::size_t i = 3; i-- > 0; rest /= 26) letters[i] = static_cast<char>('a' + rest % 26);
  return number % 100 == 0 ? "both" + letters : list + letters + "ola";
}

inline std::string made_up_words(char list) {
  std::string text;
  for (std::size_t i = 0; i < word_list_size; ++i) text += made_up_word(list, i) + '\n';
  return text;
}

}  // namespace meldpunt::crypto::test
