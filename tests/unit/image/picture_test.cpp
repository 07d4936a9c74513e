#include "client/image/picture.h"

#include <gtest/gtest.h>

namespace meldpunt::image {
namespace {

// One channel tells the pixels apart.
Picture grey(Size size, const std::vector<std::uint8_t>& values) {
  Picture picture{size, {}};
  for (const std::uint8_t value : values) picture.pixels.insert(picture.pixels.end(), 3, value);
  return picture;
}

std::vector<std::uint8_t> values_of(const Picture& picture) {
  std::vector<std::uint8_t> values;
  for (std::size_t at = 0; at < picture.pixels.size(); at += channels) {
    values.push_back(picture.pixels[at]);
  }
  return values;
}

TEST(Fitting, KeepsTheShapeAndAPixel) {
  EXPECT_EQ(fitting({4000, 3000}, 1600), (Size{1600, 1200}));
  EXPECT_EQ(fitting({3000, 4000}, 1600), (Size{1200, 1600}));
  EXPECT_EQ(fitting({800, 600}, 1600), (Size{800, 600}));
  EXPECT_EQ(fitting({100'000, 1}, 1600), (Size{1600, 1}));
}

TEST(Shrinking, AveragesTheAreaThatAPixelCovers) {
  const auto halved = shrink(grey({4, 2}, {0, 100, 40, 60, 100, 200, 60, 40}), 2);

  EXPECT_EQ(halved.size, (Size{2, 1}));
  EXPECT_EQ(values_of(halved), (std::vector<std::uint8_t>{100, 50}));
}

TEST(Shrinking, DividesAPixelBetweenItsNeighbours) {
  const auto smaller = shrink(grey({3, 1}, {0, 90, 240}), 2);

  EXPECT_EQ(values_of(smaller), (std::vector<std::uint8_t>{30, 190}));
}

TEST(Shrinking, LeavesOneColourAsItIsAtEverySize) {
  for (std::uint32_t side = 1; side <= 37; ++side) {
    const auto smaller = shrink(grey({37, 23}, std::vector<std::uint8_t>(37 * 23, 255)), side);
    ASSERT_EQ(values_of(smaller),
              std::vector<std::uint8_t>(smaller.size.width * smaller.size.height, 255));
  }
}

TEST(Shrinking, TakesNoMoreRowsThanThereAre) {
  Shrinker shrinker({1, 1}, {1, 1});
  const std::vector<std::uint8_t> row(channels, 9);
  shrinker.take(row);
  shrinker.take(row);

  EXPECT_EQ(values_of(shrinker.done()), (std::vector<std::uint8_t>{9}));
}

TEST(Turning, PutsEachPixelWhereItIsToBeSeen) {
  // 1 2 3
  // 4 5 6
  const auto stored = grey({3, 2}, {1, 2, 3, 4, 5, 6});
  const struct {
    int orientation;
    Size size;
    std::vector<std::uint8_t> values;
  } rows[] = {
      {1, {3, 2}, {1, 2, 3, 4, 5, 6}}, {2, {3, 2}, {3, 2, 1, 6, 5, 4}},
      {3, {3, 2}, {6, 5, 4, 3, 2, 1}}, {4, {3, 2}, {4, 5, 6, 1, 2, 3}},
      {5, {2, 3}, {1, 4, 2, 5, 3, 6}}, {6, {2, 3}, {4, 1, 5, 2, 6, 3}},
      {7, {2, 3}, {6, 3, 5, 2, 4, 1}}, {8, {2, 3}, {3, 6, 2, 5, 1, 4}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.orientation);
    const auto turned = turn(stored, static_cast<Orientation>(row.orientation));

    EXPECT_EQ(turned.size, row.size);
    EXPECT_EQ(values_of(turned), row.values);
  }
}

}  // namespace
}  // namespace meldpunt::image
