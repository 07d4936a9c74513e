#include "client/image/encode.h"

#include <cstdio>
// libjpeg's header needs <cstdio> before it.
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "client/image/ending.h"

namespace meldpunt::image {

namespace {

constexpr int rounds = 5;
constexpr std::array qualities{85, 70, 55, 40};

[[noreturn]] void on_error(j_common_ptr /*codec*/) { end(Ending::too_large); }
void say_nothing(j_common_ptr /*codec*/) {}

std::vector<std::uint8_t> jpeg_of(const Picture& picture, int quality) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr faults{};
  jpeg.err = jpeg_std_error(&faults);
  faults.error_exit = on_error;
  faults.output_message = say_nothing;
  jpeg_create_compress(&jpeg);
  unsigned char* made = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &made, &size);
  jpeg.image_width = picture.size.width;
  jpeg.image_height = picture.size.height;
  jpeg.input_components = channels;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.optimize_coding = TRUE;
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    // libjpeg reads it only; its type cannot say so.
    auto* row = const_cast<JSAMPROW>(picture.row(jpeg.next_scanline).data());
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::vector<std::uint8_t> file(made, made + size);
  std::free(made);
  return file;
}

}  // namespace

std::vector<std::uint8_t> encode(const Picture& picture) {
  std::uint32_t side = std::min(side_longest, std::max(picture.size.width, picture.size.height));
  for (int round = 0; round < rounds; ++round, side = std::max(1U, side * 7 / 10)) {
    const Picture smaller = shrink(picture, side);
    for (const int quality : qualities) {
      auto file = jpeg_of(smaller, quality);
      if (file.size() <= photo_largest) return file;
    }
  }
  end(Ending::too_large);
}

}  // namespace meldpunt::image
