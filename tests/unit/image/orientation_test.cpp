#include "client/image/orientation.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace meldpunt::image {
namespace {

using namespace std::string_view_literals;

Orientation said(std::string_view tiff) {
  const std::vector<std::uint8_t> bytes(tiff.begin(), tiff.end());
  return orientation_of(bytes);
}

constexpr auto little = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"sv;
constexpr auto big = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"sv;

TEST(OrientationOf, IsReadInBothByteOrders) {
  EXPECT_EQ(said(little), Orientation::quarter_turn);
  EXPECT_EQ(said(big), Orientation::quarter_turn);
}

TEST(OrientationOf, WhatIsCutOffAnywhereIsAsStored) {
  constexpr std::size_t needed = 20;  // up to the value itself
  for (std::size_t size = 0; size < needed; ++size) {
    EXPECT_EQ(said(little.substr(0, size)), Orientation::as_stored) << size;
  }
  EXPECT_EQ(said(little.substr(0, needed)), Orientation::quarter_turn);
}

TEST(OrientationOf, WhatDoesNotExistIsAsStored) {
  for (const char value : {'\0', '\x09', '\x7f'}) {
    std::string tiff(little);
    tiff[18] = value;
    EXPECT_EQ(said(tiff), Orientation::as_stored);
  }
}

TEST(OrientationOf, ADirectoryBehindTheEndIsAsStored) {
  for (const auto offset : {"\xff\xff\xff\xff"sv, "\x1a\0\0\0"sv, "\xf8\xff\xff\xff"sv}) {
    std::string tiff(little);
    tiff.replace(4, 4, offset);
    EXPECT_EQ(said(tiff), Orientation::as_stored);
  }
}

TEST(OrientationOf, WhatIsNoTiffIsAsStored) {
  EXPECT_EQ(said(""), Orientation::as_stored);
  EXPECT_EQ(said("IM*\0\x08\0\0\0"sv), Orientation::as_stored);
  EXPECT_EQ(said("XX*\0\x08\0\0\0"sv), Orientation::as_stored);
}

}  // namespace
}  // namespace meldpunt::image
