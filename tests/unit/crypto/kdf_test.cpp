#include "crypto/kdf.h"

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using test::buffer_of;
using test::from_hex;

// RFC 4231, test case 2.
TEST(Hmac, GivesTheKnownAnswerHoweverItsInputIsCut) {
  const Buffer expected =
      from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Block<32> out{};
  hmac(out, as_bytes("Jefe"), {as_bytes("what do ya want for nothing?")});
  EXPECT_EQ(buffer_of(out), expected);
  hmac(out, as_bytes("Jefe"), {as_bytes("what do ya"), {}, as_bytes(" want for nothing?")});
  EXPECT_EQ(buffer_of(out), expected);
}

// RFC 5869, test case 1; the first 32 of its 42 bytes.
TEST(Hkdf, GivesTheKnownAnswer) {
  Block<prk_size> prk{};
  hkdf_extract(prk, from_hex("000102030405060708090a0b0c"), {Buffer(22, 0x0b)});
  EXPECT_EQ(buffer_of(prk),
            from_hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
  Block<32> out{};
  const Buffer info = from_hex("f0f1f2f3f4f5f6f7f8f9");
  hkdf_expand(out, prk, {info});
  const Buffer expected =
      from_hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  EXPECT_EQ(buffer_of(out), expected);
  Block<5> start{};
  hkdf_expand(start, prk, {Bytes(info).first(4), Bytes(info).subspan(4)});
  EXPECT_TRUE(std::equal(start.begin(), start.end(), expected.begin()));
}

}  // namespace
}  // namespace meldpunt::crypto
