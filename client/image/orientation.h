// How a camera was held: the one thing in a photo's metadata that has to be obeyed before all of it
// is dropped.
#pragma once

#include <cstdint>
#include <span>

namespace meldpunt::image {

using Bytes = std::span<const std::uint8_t>;

// Where the first row and the first column of the stored pixels belong (Exif 2.32, tag 0x0112).
enum class Orientation : std::uint8_t {
  as_stored = 1,
  mirrored = 2,
  half_turn = 3,
  upside_down = 4,   // mirrored, then half a turn
  transposed = 5,    // rows are columns
  quarter_turn = 6,  // clockwise, to be seen upright
  transversed = 7,   // transposed, then half a turn
  quarter_turn_back = 8,
};

// `tiff` begins with the byte order of Exif's TIFF structure. Anything that cannot be read there,
// or says what does not exist, is as_stored.
[[nodiscard]] Orientation orientation_of(Bytes tiff);

}  // namespace meldpunt::image
