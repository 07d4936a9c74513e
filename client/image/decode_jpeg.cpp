#include <cstdio>
// libjpeg's headers need <cstdio> before them.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>

#include "client/image/decode.h"
#include "client/image/ending.h"

namespace meldpunt::image {

namespace {

constexpr int exif_marker = JPEG_APP0 + 1;
constexpr unsigned marker_longest = 0xffff;
constexpr std::size_t exif_name_size = 6;  // "Exif", two zeros

[[noreturn]] void on_error(j_common_ptr codec) {
  end(codec->err->msg_code == JERR_OUT_OF_MEMORY ? Ending::too_large : Ending::unreadable);
}

// What ends too soon would be filled up with grey. Other remarks are of no consequence.
void on_remark(j_common_ptr codec, int /*level*/) {
  const int what = codec->err->msg_code;
  if (what == JWRN_JPEG_EOF || what == JWRN_HIT_MARKER) end(Ending::unreadable);
}

void say_nothing(j_common_ptr /*codec*/) {}

// libjpeg makes it smaller while it decodes, by eighths, at a fraction of time and memory.
unsigned first_divisor(const jpeg_decompress_struct& jpeg) {
  const unsigned side = std::max(jpeg.image_width, jpeg.image_height);
  unsigned divisor = 8;
  while (divisor > 1 && side / divisor < side_longest) divisor /= 2;
  return divisor;
}

Orientation orientation_in(const jpeg_decompress_struct& jpeg) {
  for (const auto* marker = jpeg.marker_list; marker != nullptr; marker = marker->next) {
    const Bytes bytes(marker->data, marker->data_length);
    if (marker->marker != exif_marker || bytes.size() < exif_name_size || bytes[0] != 'E') continue;
    return orientation_of(bytes.subspan(exif_name_size));
  }
  return Orientation::as_stored;
}

// Printers' colours, which libjpeg leaves as they are. Adobe's programs store them inverted.
void cmyk_to_rgb(Bytes row, bool inverted, std::vector<std::uint8_t>& out) {
  const std::uint32_t turned = inverted ? 0 : 255;
  out.resize(row.size() / 4 * channels);
  for (std::size_t x = 0; x < row.size() / 4; ++x) {
    const std::uint32_t light = row[x * 4 + 3] ^ turned;
    for (std::size_t c = 0; c < channels; ++c) {
      out[x * channels + c] = static_cast<std::uint8_t>((row[x * 4 + c] ^ turned) * light / 255);
    }
  }
}

Picture read_rows(jpeg_decompress_struct& jpeg) {
  const bool cmyk = jpeg.out_color_space == JCS_CMYK;
  const Size size{jpeg.output_width, jpeg.output_height};
  Shrinker shrinker(size, fitting(size, side_longest));
  std::vector<std::uint8_t> row(std::size_t{size.width} * (cmyk ? 4 : channels));
  std::vector<std::uint8_t> rgb;
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW place = row.data();
    if (jpeg_read_scanlines(&jpeg, &place, 1) != 1) end(Ending::unreadable);
    if (cmyk) cmyk_to_rgb(row, jpeg.saw_Adobe_marker != 0, rgb);
    shrinker.take(cmyk ? rgb : row);
  }
  return shrinker.done();
}

}  // namespace

Picture decode_jpeg(Bytes file) {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr faults{};
  jpeg.err = jpeg_std_error(&faults);
  faults.error_exit = on_error;
  faults.emit_message = on_remark;
  faults.output_message = say_nothing;
  jpeg_create_decompress(&jpeg);
  jpeg_save_markers(&jpeg, exif_marker, marker_longest);
  jpeg_mem_src(&jpeg, file.data(), file.size());
  if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) end(Ending::unreadable);
  must_be_opened({jpeg.image_width, jpeg.image_height});
  const bool printed = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
  jpeg.out_color_space = printed ? JCS_CMYK : JCS_RGB;
  jpeg.scale_num = 1;
  jpeg.scale_denom = first_divisor(jpeg);
  jpeg_start_decompress(&jpeg);
  Picture picture = read_rows(jpeg);
  const Orientation orientation = orientation_in(jpeg);
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return turn(std::move(picture), orientation);
}

}  // namespace meldpunt::image
