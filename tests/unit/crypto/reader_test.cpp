#include "crypto/wire/reader.h"

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using test::buffer_of;

TEST(Reading, TakesBigEndianNumbersFieldsAndIdentifiersInOrder) {
  const Buffer bytes{1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 'h', 'i', 8, 8, 8, 8, 5};
  Reader reader(bytes);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_EQ(reader.u16(), 0x0203);
  EXPECT_EQ(reader.u32(), 0x04050607U);
  EXPECT_EQ(reader.u64(), 9U);
  EXPECT_EQ(as_text(reader.field()), "hi");
  EXPECT_EQ(reader.id<EpochId>(), (EpochId{{8, 8, 8, 8}}));
  EXPECT_EQ(reader.remaining(), 1U);
  EXPECT_FALSE(reader.finished());
  EXPECT_EQ(buffer_of(reader.rest()), Buffer{5});
  EXPECT_TRUE(reader.finished());
}

TEST(Reading, GivesZerosAfterTheFirstShortReadAndNeverFinishes) {
  const Buffer bytes{1, 2};
  Reader reader(bytes);
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_TRUE(reader.rest().empty());
  EXPECT_TRUE(reader.id<EpochId>().is_zero());
  EXPECT_EQ(reader.remaining(), 0U);
  EXPECT_FALSE(reader.finished());
  EXPECT_FALSE(reader.finished_with_padding());
}

TEST(Reading, RefusesAFieldLongerThanWhatIsLeft) {
  const Buffer bytes{0, 3, 'h', 'i'};
  Reader reader(bytes);
  EXPECT_TRUE(reader.field().empty());
  EXPECT_TRUE(reader.failed());
}

TEST(Reading, TellsPaddingFromTrailingBytes) {
  const Buffer zeros{1, 0, 0};
  Reader padded(zeros);
  padded.u8();
  EXPECT_TRUE(padded.finished_with_padding());
  EXPECT_FALSE(padded.finished());
  const Buffer more{1, 0, 4};
  Reader trailing(more);
  trailing.u8();
  EXPECT_FALSE(trailing.finished_with_padding());
}

TEST(Reading, CountsForNothingOnceRejected) {
  Reader reader(Bytes{});
  EXPECT_TRUE(reader.finished());
  reader.reject();
  EXPECT_FALSE(reader.finished());
  EXPECT_TRUE(reader.failed());
}

}  // namespace
}  // namespace meldpunt::crypto
