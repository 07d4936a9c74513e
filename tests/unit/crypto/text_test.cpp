#include "crypto/text.h"

#include <gtest/gtest.h>

namespace meldpunt::crypto {
namespace {

bool text(std::string_view bytes) { return is_text(as_bytes(bytes)); }

TEST(Text, IsWellFormedUtf8WithLineFeedsAndTabs) {
  EXPECT_TRUE(text(""));
  EXPECT_TRUE(text("Hulp\tnodig?\nJa."));
  EXPECT_TRUE(text("\xc2\xa0"));          // U+00A0, the first after the C1 controls
  EXPECT_TRUE(text("\xdf\xbf"));          // U+07FF
  EXPECT_TRUE(text("\xe0\xa0\x80"));      // U+0800
  EXPECT_TRUE(text("\xed\x9f\xbf"));      // U+D7FF
  EXPECT_TRUE(text("\xee\x80\x80"));      // U+E000
  EXPECT_TRUE(text("\xf0\x90\x80\x80"));  // U+10000
  EXPECT_TRUE(text("\xf4\x8f\xbf\xbf"));  // U+10FFFF
}

TEST(Text, HoldsNoControlCharacter) {
  for (int control = 0; control < 0x20; ++control) {
    const char byte = static_cast<char>(control);
    EXPECT_EQ(text({&byte, 1}), byte == '\n' || byte == '\t') << control;
  }
  EXPECT_FALSE(text("\x7f"));
  EXPECT_FALSE(text("\xc2\x80"));
  EXPECT_FALSE(text("\xc2\x9b"));  // a terminal's control sequence introducer
  EXPECT_FALSE(text("\xc2\x9f"));
}

TEST(Text, HoldsNoIllFormedSequence) {
  for (const char* bytes : {
           "\x80",              // continuation without a start
           "\xc2",              // cut short
           "\xe2\x82",          // cut short
           "\xf0\x90\x80",      // cut short
           "\xc2\x41",          // start without continuation
           "\xe2\x82\x41",      //
           "\xc0\xaf",          // overlong slash
           "\xc1\xbf",          //
           "\xe0\x9f\xbf",      // overlong U+07FF
           "\xf0\x8f\xbf\xbf",  // overlong U+FFFF
           "\xed\xa0\x80",      // surrogate
           "\xed\xbf\xbf",      //
           "\xf4\x90\x80\x80",  // beyond U+10FFFF
           "\xf8\x88\x80\x80\x80",
           "\xff",
       }) {
    EXPECT_FALSE(text(bytes)) << testing::PrintToString(bytes);
  }
}

TEST(CodeNames, AreOfOneSmallAlphabet) {
  const auto name = [](std::string_view bytes) { return is_code_name(as_bytes(bytes)); };
  EXPECT_TRUE(name("LAB.UNPAID"));
  EXPECT_TRUE(name("az_09:-Z"));
  EXPECT_FALSE(name(""));
  for (const char* bad : {"a b", "a/b", "a@b", "a[b", "a`b", "a{b", "\xc3\xa9", "a\n"}) {
    EXPECT_FALSE(name(bad)) << bad;
  }
}

}  // namespace
}  // namespace meldpunt::crypto
