// Pixels and nothing else: made smaller, and turned upright.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "client/image/orientation.h"

namespace meldpunt::image {

struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

inline constexpr std::size_t channels = 3;  // red, green, blue

// Rows from the top, each pixel three bytes.
struct Picture {
  Size size;
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] std::size_t row_size() const { return size.width * channels; }
  [[nodiscard]] Bytes row(std::uint32_t y) const {
    return Bytes(pixels).subspan(y * row_size(), row_size());
  }
};

// The same shape with no side longer than `longest`; never larger, never without a pixel.
[[nodiscard]] Size fitting(Size size, std::uint32_t longest);

// Takes a picture in row by row and keeps it smaller: each pixel is the average of the area that it
// covers, in whole numbers. Holds no more than the smaller picture and two of its rows.
class Shrinker {
 public:
  // No side of `to` is longer than that of `from`, none is 0; each side of `from` is below 2^24.
  Shrinker(Size from, Size to);

  // The next row, `from.width` pixels; as many rows as `from.height`.
  void take(Bytes row);
  [[nodiscard]] Picture done() { return std::move(picture_); }

 private:
  void shrink_row(Bytes row);
  void add_row(std::uint64_t weight);
  void finish_row();

  Size from_;
  std::uint32_t taken_ = 0;
  std::uint32_t row_ = 0;             // of the smaller picture, that is being added up
  std::uint64_t missing_;             // weight that this row still lacks
  std::vector<std::uint8_t> across_;  // the row that was taken, as wide as the smaller picture
  std::vector<std::uint64_t> sums_;
  Picture picture_;
};

[[nodiscard]] Picture shrink(const Picture& picture, std::uint32_t longest);

// As it is to be seen.
[[nodiscard]] Picture turn(Picture picture, Orientation orientation);

}  // namespace meldpunt::image
