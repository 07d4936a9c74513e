#include "crypto/result.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace meldpunt::crypto {
namespace {

TEST(Errors, EachHaveASentenceOfTheirOwn) {
  constexpr int errors = static_cast<int>(Error::no_memory) + 1;
  std::set<std::string_view> sentences;
  for (int error = 0; error < errors; ++error) {
    const auto sentence = describe(static_cast<Error>(error));
    EXPECT_GT(sentence.size(), 10U);
    sentences.insert(sentence);
  }
  EXPECT_EQ(sentences.size(), errors);
  EXPECT_FALSE(sentences.contains("unknown error"));
  EXPECT_EQ(describe(static_cast<Error>(errors)), "unknown error");
}

TEST(Results, HoldAValueOrTheReason) {
  const Result<int> value = 5;
  const Result<int> reason = fail(Error::expired);
  EXPECT_EQ(*value, 5);
  ASSERT_FALSE(reason);
  EXPECT_EQ(reason.error(), Error::expired);
}

}  // namespace
}  // namespace meldpunt::crypto
