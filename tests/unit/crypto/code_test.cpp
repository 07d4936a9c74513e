#include "crypto/code.h"

#include <algorithm>
#include <set>

#include "tests/support/made_up_words.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

const WordList& first_list() {
  static const WordList list = *WordList::parse(made_up_words('w'));
  return list;
}

const WordList& second_list() {
  static const WordList list = *WordList::parse(made_up_words('d'));
  return list;
}

class Codes : public testing::Test {
 protected:
  Result<Code> parse(std::string_view typed) const { return Code::parse(typed, lists_); }
  void expect_same(std::string_view typed) const {
    const auto parsed = parse(typed);
    ASSERT_THAT(parsed, Succeeds()) << typed;
    EXPECT_TRUE(equal_bytes(parsed->canonical(), code_.canonical())) << typed;
  }
  static std::vector<std::string> split(const std::string& words) {
    std::vector<std::string> out(1);
    for (const char c : words) {
      if (c == ' ') {
        out.emplace_back();
      } else {
        out.back() += c;
      }
    }
    return out;
  }
  static std::string join(const std::vector<std::string>& words, const std::string& between) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : between) + word;
    return out;
  }

  const std::vector<const WordList*> lists_{&first_list(), &second_list()};
  const Code code_ = Code::generate();
  const std::string words_ = code_.words(first_list());
};

TEST_F(Codes, AreSevenWordsAndTwentyEightDigits) {
  EXPECT_EQ(split(words_).size(), code_words);
  const std::string digits = code_.digits();
  EXPECT_EQ(digits.size(), code_digits + 6);
  EXPECT_EQ(std::count(digits.begin(), digits.end(), ' '), 6);
}

TEST_F(Codes, AreReadBackFromWordsOfEitherListAndFromDigits) {
  for (int i = 0; i < 50; ++i) {
    const Code code = Code::generate();
    for (const std::string& spelled :
         {code.words(first_list()), code.words(second_list()), code.digits()}) {
      const auto parsed = parse(spelled);
      ASSERT_THAT(parsed, Succeeds()) << spelled;
      EXPECT_TRUE(equal_bytes(parsed->canonical(), code.canonical()));
    }
  }
}

TEST_F(Codes, AreReadInAnyCaseSpacingAndPaste) {
  const auto words = split(words_);
  expect_same("  " + join(words, "\t \n") + " \r\n");
  expect_same(join(words, "-"));
  expect_same(join(words, ", ") + ".");
  std::string shouted = words_;
  for (char& c : shouted) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  expect_same(shouted);
  const std::string digits = code_.digits();
  std::string dense = digits;
  dense.erase(std::remove(dense.begin(), dense.end(), ' '), dense.end());
  expect_same(dense);
  std::string dashed = digits;
  std::replace(dashed.begin(), dashed.end(), ' ', '-');
  expect_same(dashed);
}

TEST_F(Codes, MayMixTwoListsWordByWord) {
  auto words = split(words_);
  words[3] = split(code_.words(second_list()))[3];
  expect_same(join(words, " "));
}

TEST_F(Codes, AreReadFromWordsCutShortWhereOnlyOneBeginsSo) {
  auto words = split(words_);
  for (auto& word : words) word.resize(word.starts_with("both") ? 7 : 4);
  expect_same(join(words, " "));
  words[0].resize(2);
  EXPECT_THAT(parse(join(words, " ")), FailsWith(Error::unknown_word));
}

TEST_F(Codes, PreferAWholeWordToALongerOneThatBeginsSo) {
  std::string text = made_up_words('w');
  const std::string longer = made_up_word('w', 5);
  text.replace(text.find(made_up_word('w', 6)), made_up_word('w', 6).size(), longer + "x");
  const auto list = WordList::parse(text);
  ASSERT_THAT(list, Succeeds());
  EXPECT_EQ(list->index(longer), 5U);
  EXPECT_EQ(list->index(longer + "x"), 6U);
  EXPECT_EQ(list->complete(longer, 9).size(), 2U);
}

// Two lists that complete the same letters to different numbers must not guess.
TEST_F(Codes, AreNotGuessedWhenTwoListsDisagree) {
  std::string text = made_up_words('q');
  const std::string theirs = made_up_word('q', 9);
  text.replace(text.find(theirs), theirs.size(), "waabextra");
  const auto list = WordList::parse(text);
  ASSERT_THAT(list, Succeeds());
  const std::vector<const WordList*> lists{&first_list(), &*list};
  EXPECT_THAT(Code::parse("waab waac waac waac waac waac waac", lists),
              FailsWith(Error::unknown_word));
}

// Four check bits: one wrong word in sixteen passes, so no single word is asserted, but the rate.
TEST_F(Codes, RefuseAWrongWordInEveryPositionFifteenTimesInSixteen) {
  for (std::size_t position = 0; position < code_words; ++position) {
    int refused = 0;
    for (std::size_t step = 1; step <= 320; ++step) {
      auto words = split(words_);
      const std::size_t number = *first_list().index(words[position]);
      words[position] = first_list().word((number + step * 23) % word_list_size);
      const auto parsed = parse(join(words, " "));
      if (!parsed) {
        EXPECT_EQ(parsed.error(), Error::bad_checksum);
        ++refused;
      } else {
        EXPECT_FALSE(equal_bytes(parsed->canonical(), code_.canonical()));
      }
    }
    EXPECT_GT(refused, 270) << position;
  }
}

TEST_F(Codes, RefuseAWrongDigitInEveryPositionMostly) {
  int refused = 0;
  int tried = 0;
  std::string digits = code_.digits();
  for (char& digit : digits) {
    if (digit == ' ') continue;
    const char right = digit;
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      if (wrong == right) continue;
      digit = wrong;
      ++tried;
      if (!parse(digits)) ++refused;
    }
    digit = right;
  }
  EXPECT_EQ(tried, 252);
  EXPECT_GT(refused, 200);
}

TEST_F(Codes, SayWhatIsMissingOrUnknown) {
  EXPECT_THAT(parse(""), FailsWith(Error::incomplete));
  EXPECT_THAT(parse(" - . "), FailsWith(Error::incomplete));
  EXPECT_THAT(parse("waabola waacola"), FailsWith(Error::incomplete));
  EXPECT_THAT(parse("1234 5678"), FailsWith(Error::incomplete));
  EXPECT_THAT(parse(words_ + " waabola"), FailsWith(Error::bad_checksum));
  EXPECT_THAT(parse(code_.digits() + "0"), FailsWith(Error::bad_checksum));
  EXPECT_THAT(parse("9999 9999 9999 9999 9999 9999 9999"), FailsWith(Error::bad_checksum));
  auto words = split(words_);
  words[2] = "notaword";
  EXPECT_THAT(parse(join(words, " ")), FailsWith(Error::unknown_word));
  words[2] = "1234";
  EXPECT_THAT(parse(join(words, " ")), FailsWith(Error::unknown_word));
  EXPECT_THAT(parse("caf\xc3\xa9"), FailsWith(Error::unknown_word));
  EXPECT_THAT(parse(std::string(2000, 'a')), FailsWith(Error::unknown_word));
}

TEST_F(Codes, AreCanonicalOnlyBelowTheLimitWithTheRightCheck) {
  Block<code_size> bytes{};
  copy_bytes(code_.canonical(), bytes);
  EXPECT_THAT(Code::from_canonical(bytes), Succeeds());
  bytes.back() ^= 1;
  EXPECT_THAT(Code::from_canonical(bytes), FailsWith(Error::bad_checksum));
  bytes.fill(0xff);
  EXPECT_THAT(Code::from_canonical(bytes), FailsWith(Error::malformed));
}

TEST_F(Codes, DoNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) seen.insert(Code::generate().digits());
  EXPECT_EQ(seen.size(), 200U);
}

TEST(WordLists, NumberTheirWordsByLine) {
  EXPECT_EQ(first_list().word(0), "bothaaa");
  EXPECT_EQ(first_list().word(1), "waabola");
  EXPECT_EQ(first_list().index("waabola"), 1U);
  EXPECT_EQ(first_list().index("daabola"), std::nullopt);
}

TEST(WordLists, CompleteAPrefixInOrderUpToALimit) {
  EXPECT_EQ(first_list().complete("both", 100).size(), 78U);
  const auto few = first_list().complete("waa", 3);
  EXPECT_THAT(few, testing::ElementsAre("waabola", "waacola", "waadola"));
  EXPECT_TRUE(first_list().complete("", 5).empty());
  EXPECT_TRUE(first_list().complete("zzz", 5).empty());
}

TEST(WordLists, AreRefusedUnlessTheyHaveExactlyTheirWordsInPlainLetters) {
  const std::string good = made_up_words('w');
  const auto with = [&](std::string_view word) {
    std::string text = good;
    return text.replace(text.find("waabola"), 7, word);
  };
  EXPECT_THAT(WordList::parse(good), Succeeds());
  EXPECT_THAT(WordList::parse(""), FailsWith(Error::malformed));
  EXPECT_THAT(WordList::parse(good + "extra\n"), FailsWith(Error::malformed));
  EXPECT_THAT(WordList::parse(std::string_view(good).substr(8)), FailsWith(Error::malformed));
  EXPECT_THAT(WordList::parse(std::string_view(good).substr(0, good.size() - 1)),
              FailsWith(Error::malformed));
  for (const char* bad : {"waacola", "Waabola", "waab-ola", "", "caf\xc3\xa9"}) {
    EXPECT_THAT(WordList::parse(with(bad)), FailsWith(Error::malformed)) << bad;
  }
}

}  // namespace
}  // namespace meldpunt::crypto
