// Photos for tests: drawn here, with marked metadata wherever a format has room for it; and how
// they look again.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace meldpunt::tests {

using crypto::Buffer;

using Colour = std::array<std::uint8_t, 3>;
inline constexpr Colour red{220, 20, 20};
inline constexpr Colour green{20, 200, 20};
inline constexpr Colour blue{20, 20, 220};
inline constexpr Colour yellow{230, 220, 20};
inline constexpr Colour white{255, 255, 255};

struct Drawing {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  Buffer pixels{};  // red, green, blue, alpha

  [[nodiscard]] Colour at(std::uint32_t x, std::uint32_t y) const;
  // In the middle of the quarters, from the top left in reading order.
  [[nodiscard]] std::array<Colour, 4> quarters() const;
};

// Red and green above, blue and yellow below.
Drawing four_quarters(std::uint32_t width, std::uint32_t height, std::uint8_t alpha = 255);
// Nothing that can be made small.
Drawing noise(std::uint32_t width, std::uint32_t height);

// Stands in every piece of metadata that the following write.
inline constexpr std::string_view marker = "SECRET-PLACE-52.5168N-6.0830E";

// TIFF bytes: this orientation, the marker as description and in a GPS directory.
Buffer exif_of(int orientation);

struct Style {
  int orientation = 1;
  bool metadata = true;
  bool progressive = false;  // JPEG; interlaced in PNG
  bool printed = false;      // JPEG in a printer's four colours, as Adobe's programs store them
};
// With the marker in Exif, XMP, colour profile, comment, and behind the file's end.
Buffer jpeg_file(const Drawing& drawing, Style style = {});
// With the marker in eXIf, tEXt, zTXt and behind the file's end.
Buffer png_file(const Drawing& drawing, Style style = {});
// With the marker in Exif, XMP and colour profile.
Buffer webp_file(const Drawing& drawing, Style style = {});

// Shows one after the other.
Buffer webp_animation(const Drawing& first, const Drawing& second);

// Throws when it is no JPEG file, or when it holds any marker but JFIF's own.
Drawing bare_jpeg(crypto::Bytes file);

bool near(Colour a, Colour b);
bool holds(crypto::Bytes file, std::string_view text);

}  // namespace meldpunt::tests
