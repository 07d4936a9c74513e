#include "client/image/picture.h"

#include <algorithm>
#include <utility>

namespace meldpunt::image {

namespace {

std::uint32_t scaled(std::uint32_t side, std::uint32_t longest, std::uint32_t of) {
  const std::uint64_t exact = std::uint64_t{side} * longest;
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>((exact + of / 2) / of));
}

bool swaps_sides(Orientation orientation) { return orientation >= Orientation::transposed; }

struct Place {
  std::uint32_t x;
  std::uint32_t y;
};

// Where a stored pixel is to be seen; `size`: of what is stored.
Place seen(Place stored, Size size, Orientation orientation) {
  const std::uint32_t right = size.width - 1 - stored.x;
  const std::uint32_t below = size.height - 1 - stored.y;
  switch (orientation) {
    case Orientation::as_stored:
      return stored;
    case Orientation::mirrored:
      return {right, stored.y};
    case Orientation::half_turn:
      return {right, below};
    case Orientation::upside_down:
      return {stored.x, below};
    case Orientation::transposed:
      return {stored.y, stored.x};
    case Orientation::quarter_turn:
      return {below, stored.x};
    case Orientation::transversed:
      return {below, right};
    case Orientation::quarter_turn_back:
      return {stored.y, right};
  }
  return stored;
}

}  // namespace

Size fitting(Size size, std::uint32_t longest) {
  const std::uint32_t side = std::max(size.width, size.height);
  if (side <= longest) return size;
  return {scaled(size.width, longest, side), scaled(size.height, longest, side)};
}

Shrinker::Shrinker(Size from, Size to)
    : from_(from),
      missing_(from.height),
      across_(to.width * channels),
      sums_(to.width * channels),
      picture_{to, std::vector<std::uint8_t>(to.width * channels * to.height)} {}

// A stored row weighs `to.height`, a row of the smaller picture `from.height`: then both pictures
// weigh the same and every overlap is a whole number. Columns likewise.
void Shrinker::take(Bytes row) {
  if (taken_ == from_.height) return;
  ++taken_;
  shrink_row(row);
  std::uint64_t weight = picture_.size.height;
  while (weight > 0) {
    const std::uint64_t part = std::min(weight, missing_);
    add_row(part);
    weight -= part;
    missing_ -= part;
    if (missing_ == 0) finish_row();
  }
}

void Shrinker::shrink_row(Bytes row) {
  const std::uint32_t to = picture_.size.width;
  std::uint32_t sum[channels] = {};
  std::uint32_t missing = from_.width;
  std::size_t out = 0;
  for (std::size_t x = 0; x < from_.width; ++x) {
    for (std::uint32_t weight = to; weight > 0;) {
      const std::uint32_t part = std::min(weight, missing);
      for (std::size_t c = 0; c < channels; ++c) sum[c] += part * row[x * channels + c];
      weight -= part;
      missing -= part;
      if (missing > 0) continue;
      for (std::uint32_t& total : sum) {
        across_[out++] = static_cast<std::uint8_t>((total + from_.width / 2) / from_.width);
        total = 0;
      }
      missing = from_.width;
    }
  }
}

void Shrinker::add_row(std::uint64_t weight) {
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += weight * across_[i];
}

void Shrinker::finish_row() {
  std::uint8_t* out = picture_.pixels.data() + row_ * picture_.row_size();
  for (std::uint64_t& sum : sums_) {
    *out++ = static_cast<std::uint8_t>((sum + from_.height / 2) / from_.height);
    sum = 0;
  }
  ++row_;
  missing_ = from_.height;
}

Picture shrink(const Picture& picture, std::uint32_t longest) {
  const Size to = fitting(picture.size, longest);
  if (to == picture.size) return picture;
  Shrinker shrinker(picture.size, to);
  for (std::uint32_t y = 0; y < picture.size.height; ++y) shrinker.take(picture.row(y));
  return shrinker.done();
}

Picture turn(Picture picture, Orientation orientation) {
  if (orientation == Orientation::as_stored) return picture;
  Picture turned{picture.size, std::vector<std::uint8_t>(picture.pixels.size())};
  if (swaps_sides(orientation)) std::swap(turned.size.width, turned.size.height);
  for (std::uint32_t y = 0; y < picture.size.height; ++y) {
    const Bytes row = picture.row(y);
    for (std::uint32_t x = 0; x < picture.size.width; ++x) {
      const Place to = seen({x, y}, picture.size, orientation);
      const std::size_t at = to.y * turned.row_size() + to.x * channels;
      std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(x * channels), channels,
                  turned.pixels.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  return turned;
}

}  // namespace meldpunt::image
