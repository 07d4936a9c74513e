#include "crypto/label.h"

#include <sodium.h>

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

TEST(Labels, BindTheNameAndEveryFieldWithItsLength) {
  const Buffer bound = bind("x", {as_bytes("ab"), {}});
  const std::string_view expected("\0\0\0\x0cmeldpunt/1 x\0\0\0\2ab\0\0\0\0", 26);
  EXPECT_EQ(as_text(bound), expected);
}

TEST(Labels, HashExactlyTheBoundBytes) {
  const Buffer bound = bind("x", {as_bytes("ab")});
  Hash expected;
  crypto_generichash(expected.bytes.data(), Hash::size, bound.data(), bound.size(), nullptr, 0);
  EXPECT_EQ(hash("x", {as_bytes("ab")}), expected);
}

TEST(Labels, TellFieldsApartThatReadTheSameTogether) {
  EXPECT_NE(hash("x", {as_bytes("ab"), as_bytes("c")}), hash("x", {as_bytes("a"), as_bytes("bc")}));
  EXPECT_NE(hash("x", {as_bytes("ab")}), hash("x", {as_bytes("ab"), {}}));
  EXPECT_NE(hash("xa", {as_bytes("b")}), hash("x", {as_bytes("ab")}));
}

}  // namespace
}  // namespace meldpunt::crypto
