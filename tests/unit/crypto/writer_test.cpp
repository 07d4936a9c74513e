#include "crypto/wire/writer.h"

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using test::buffer_of;

TEST(Writing, PutsBigEndianNumbersAndFieldsInOrder) {
  Buffer out(20, 0xee);
  Writer writer(out);
  writer.u8(1).u16(0x0203).u32(0x04050607).u64(9).field(as_bytes("hi"));
  EXPECT_TRUE(writer.fits());
  EXPECT_EQ(writer.size(), 19U);
  EXPECT_EQ(buffer_of(writer.written()),
            (Buffer{1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 'h', 'i'}));
  writer.pad();
  EXPECT_EQ(out.back(), 0);
  EXPECT_EQ(writer.size(), 20U);
}

TEST(Writing, StopsAtTheFirstThatDoesNotFit) {
  Buffer out(3, 0xee);
  Writer writer(out);
  writer.u16(1).u32(2).u8(3).pad();
  EXPECT_FALSE(writer.fits());
  EXPECT_EQ(out, (Buffer{0, 1, 0xee}));
}

TEST(Writing, HasNoLengthForMoreThanTwoBytesCanCount) {
  Buffer out(70000);
  EXPECT_TRUE(Writer(out).field(Buffer(0xffff)).fits());
  EXPECT_FALSE(Writer(out).field(Buffer(0x10000)).fits());
}

}  // namespace
}  // namespace meldpunt::crypto
