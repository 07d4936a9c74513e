#include "client/image/decode.h"

#include <algorithm>
#include <string_view>

#include "client/image/ending.h"

namespace meldpunt::image {

namespace {

constexpr std::uint32_t side_most = (1U << 24U) - 1;  // what Shrinker counts in

bool has(Bytes file, std::size_t at, std::string_view bytes) {
  return file.size() >= at + bytes.size() &&
         std::equal(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

}  // namespace

Picture decode(Bytes file) {
  if (has(file, 0, "\xff\xd8\xff")) return decode_jpeg(file);
  if (has(file, 0, "\x89PNG\r\n\x1a\n")) return decode_png(file);
  if (has(file, 0, "RIFF") && has(file, 8, "WEBP")) return decode_webp(file);
  end(Ending::no_photo);
}

void must_be_opened(Size size) {
  if (size.width == 0 || size.height == 0) end(Ending::unreadable);
  if (std::max(size.width, size.height) > side_most ||
      std::uint64_t{size.width} * size.height > pixels_most) {
    end(Ending::too_large);
  }
}

void take_over_white(Shrinker& shrinker, Bytes row, std::vector<std::uint8_t>& scratch) {
  const std::size_t width = row.size() / 4;
  scratch.resize(width * channels);
  for (std::size_t x = 0; x < width; ++x) {
    const std::uint32_t alpha = row[x * 4 + 3];
    for (std::size_t c = 0; c < channels; ++c) {
      const std::uint32_t mixed = row[x * 4 + c] * alpha + 255 * (255 - alpha);
      scratch[x * channels + c] = static_cast<std::uint8_t>((mixed + 127) / 255);
    }
  }
  shrinker.take(scratch);
}

}  // namespace meldpunt::image
