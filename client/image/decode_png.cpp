#include <png.h>

#include <algorithm>
#include <cstring>

#include "client/image/decode.h"
#include "client/image/ending.h"

namespace meldpunt::image {

namespace {

constexpr std::size_t stored_channels = 4;  // red, green, blue, alpha

struct Source {
  Bytes rest;
};

[[noreturn]] void on_error(png_structp /*png*/, png_const_charp what) {
  end(std::strstr(what, "memory") != nullptr ? Ending::too_large : Ending::unreadable);
}

void on_remark(png_structp /*png*/, png_const_charp /*what*/) {}

void read_bytes(png_structp png, png_bytep out, std::size_t size) {
  auto* source = static_cast<Source*>(png_get_io_ptr(png));
  if (size > source->rest.size()) end(Ending::unreadable);
  std::copy_n(source->rest.begin(), size, out);
  source->rest = source->rest.subspan(size);
}

// Whatever is stored comes as four channels of eight bits. How many times the rows have to be read.
int expect_rgba(png_structp png, png_infop about) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, about);
  return passes;
}

Picture read_rows(png_structp png, png_infop about, Size size) {
  const int passes = expect_rgba(png, about);
  const std::size_t row_size = size.width * stored_channels;
  if (png_get_rowbytes(png, about) != row_size) end(Ending::unreadable);
  Shrinker shrinker(size, fitting(size, side_longest));
  std::vector<std::uint8_t> scratch;
  // What is interlaced is whole only after its last pass.
  std::vector<std::uint8_t> rows(passes > 1 ? row_size * size.height : row_size);
  const std::size_t step = passes > 1 ? row_size : 0;
  for (int pass = 1; pass <= passes; ++pass) {
    for (std::size_t y = 0; y < size.height; ++y) {
      std::uint8_t* row = rows.data() + y * step;
      png_read_row(png, row, nullptr);
      if (pass == passes) take_over_white(shrinker, {row, row_size}, scratch);
    }
  }
  return shrinker.done();
}

Orientation orientation_in(png_structp png, png_infop about) {
  png_bytep exif = nullptr;
  png_uint_32 size = 0;
  if (png_get_eXIf_1(png, about, &size, &exif) == 0) return Orientation::as_stored;
  return orientation_of({exif, size});
}

}  // namespace

Picture decode_png(Bytes file) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_remark);
  if (png == nullptr) end(Ending::too_large);
  png_infop about = png_create_info_struct(png);
  if (about == nullptr) end(Ending::too_large);
  Source source{file};
  png_set_read_fn(png, &source, read_bytes);
  // must_be_opened() says what is too large; libpng would call it a fault.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_read_info(png, about);
  const Size size{png_get_image_width(png, about), png_get_image_height(png, about)};
  must_be_opened(size);
  Picture picture = read_rows(png, about, size);
  png_read_end(png, about);
  const Orientation orientation = orientation_in(png, about);
  png_destroy_read_struct(&png, &about, nullptr);
  return turn(std::move(picture), orientation);
}

}  // namespace meldpunt::image
