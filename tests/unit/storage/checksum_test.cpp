#include "server/storage/checksum.h"

#include <array>
#include <vector>

#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

TEST(Checksum, FindsEveryChangedByteOfAPage) {
  std::array<std::uint8_t, page_size> page{};
  for (std::size_t i = 0; i < page.size(); ++i) page[i] = static_cast<std::uint8_t>(i * 31);
  seal_page(page, 3);
  ASSERT_TRUE(page_is_intact(page, 3));

  for (std::size_t at = 0; at < page.size(); ++at) {
    page[at] ^= 0x10;
    ASSERT_FALSE(page_is_intact(page, 3)) << at;
    page[at] ^= 0x10;
  }
}

TEST(Checksum, FindsAPageInAWrongPlace) {
  std::array<std::uint8_t, page_size> page{};
  seal_page(page, 3);
  EXPECT_FALSE(page_is_intact(page, 4));
}

TEST(Checksum, FindsAPageOfZeros) {
  const std::array<std::uint8_t, page_size> page{};
  for (std::uint32_t number = 0; number < 1'000; ++number)
    ASSERT_FALSE(page_is_intact(page, number));
}

TEST(Checksum, TellsLengthsApart) {
  std::vector<std::uint64_t> sums;
  for (std::size_t size = 0; size < 70; ++size) {
    sums.push_back(checksum(std::vector<std::uint8_t>(size, 0), 0));
  }
  std::ranges::sort(sums);
  EXPECT_EQ(std::ranges::adjacent_find(sums), sums.end());
}

TEST(Checksum, ADigestCoversEveryColumn) {
  const auto item = item_of(MailboxKind::address, 1, 2, "bytes");
  const auto digest = row_digest(9, 2, item);
  const auto differs = [&](auto change) {
    auto other = item;
    change(other);
    return row_digest(9, 2, other) != digest;
  };
  EXPECT_NE(row_digest(8, 2, item), digest);
  EXPECT_NE(row_digest(9, 3, item), digest);
  EXPECT_TRUE(differs([](Item& other) { other.kind = MailboxKind::slot; }));
  EXPECT_TRUE(differs([](Item& other) { other.name = name_of(2); }));
  EXPECT_TRUE(differs([](Item& other) { other.hour += 1; }));
  EXPECT_TRUE(differs([](Item& other) { other.expires += 1; }));
  EXPECT_TRUE(differs([](Item& other) { other.effort = 1; }));
  EXPECT_TRUE(differs([](Item& other) { other.guard.fill(1); }));
  EXPECT_TRUE(differs([](Item& other) { other.bytes[0] ^= 1; }));
  EXPECT_TRUE(differs([](Item& other) { other.bytes.push_back(0); }));
}

// The values are on disks: a change of the function makes every database unreadable.
TEST(Checksum, StaysTheFunctionThatWroteTheFiles) {
  const auto bytes = bytes_of("meldpunt", 100);
  EXPECT_EQ(checksum(bytes, 1), 6'597'604'380'991'475'510U);
  EXPECT_EQ(checksum({}, 0), 12'428'303'774'117'360'137U);
}

}  // namespace
}  // namespace meldpunt::server
