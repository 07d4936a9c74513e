#include "client/lib/word_lists.h"

#include <gtest/gtest.h>

namespace meldpunt::client {
namespace {

TEST(WordLists, ReadBackACodeInEitherLanguageAndInDigits) {
  const auto lists = all_words();
  for (int i = 0; i < 50; ++i) {
    const auto code = crypto::Code::generate();
    for (const std::string& shown :
         {code.words(english_words()), code.words(dutch_words()), code.digits()}) {
      SCOPED_TRACE(shown);
      const auto typed = crypto::Code::parse(shown, lists);
      ASSERT_TRUE(typed);
      EXPECT_TRUE(crypto::same_secret(typed->canonical(), code.canonical()));
    }
  }
}

TEST(WordLists, GiveASharedSpellingTheSameNumber) {
  std::size_t shared = 0;
  for (std::size_t i = 0; i < crypto::word_list_size; ++i) {
    const auto index = dutch_words().index(english_words().word(i));
    if (!index) continue;
    ++shared;
    EXPECT_EQ(*index, i);
  }
  EXPECT_GT(shared, 0U);
}

}  // namespace
}  // namespace meldpunt::client
