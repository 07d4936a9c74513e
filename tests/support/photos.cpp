#include "tests/support/photos.h"

#include <cstdio>
// libjpeg's header needs <cstdio> before it.
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace meldpunt::tests {

namespace {

class LittleEndian {
 public:
  LittleEndian& u16(std::size_t value) { return number(value, 2); }
  LittleEndian& u32(std::size_t value) { return number(value, 4); }
  LittleEndian& text(std::string_view text) {
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  LittleEndian& entry(std::size_t tag, std::size_t type, std::size_t count, std::size_t value) {
    return u16(tag).u16(type).u32(count).u32(value);
  }
  [[nodiscard]] Buffer done() { return std::move(bytes_); }

 private:
  LittleEndian& number(std::size_t value, int width) {
    for (int i = 0; i < width; ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    return *this;
  }
  Buffer bytes_;
};

Buffer marked(std::string_view prefix) {
  Buffer bytes(prefix.begin(), prefix.end());
  bytes.insert(bytes.end(), marker.begin(), marker.end());
  return bytes;
}

void append(Buffer& file, const Buffer& more) { file.insert(file.end(), more.begin(), more.end()); }

Buffer without_alpha(const Drawing& drawing) {
  Buffer rgb;
  for (std::size_t at = 0; at < drawing.pixels.size(); at += 4) {
    rgb.insert(rgb.end(), {drawing.pixels[at], drawing.pixels[at + 1], drawing.pixels[at + 2]});
  }
  return rgb;
}

void write_marker(jpeg_compress_struct& jpeg, int where, const Buffer& bytes) {
  jpeg_write_marker(&jpeg, where, bytes.data(), static_cast<unsigned>(bytes.size()));
}

void write_jpeg_metadata(jpeg_compress_struct& jpeg, int orientation) {
  Buffer exif{'E', 'x', 'i', 'f', 0, 0};
  append(exif, exif_of(orientation));
  write_marker(jpeg, JPEG_APP0 + 1, exif);
  write_marker(jpeg, JPEG_APP0 + 1, marked(std::string_view("http://ns.adobe.com/xap/1.0/\0", 29)));
  write_marker(jpeg, JPEG_APP0 + 2, marked(std::string_view("ICC_PROFILE\0\1\1", 14)));
  write_marker(jpeg, JPEG_COM, marked(""));
}

[[noreturn]] void broken(j_common_ptr /*jpeg*/) { throw std::runtime_error("no JPEG file"); }

// WebPMux's own view of bytes that outlive the call.
WebPData data_of(const Buffer& bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

Colour Drawing::at(std::uint32_t x, std::uint32_t y) const {
  const std::size_t place = (std::size_t{y} * width + x) * 4;
  return {pixels.at(place), pixels.at(place + 1), pixels.at(place + 2)};
}

std::array<Colour, 4> Drawing::quarters() const {
  const std::uint32_t right = width * 3 / 4;
  const std::uint32_t below = height * 3 / 4;
  return {at(width / 4, height / 4), at(right, height / 4), at(width / 4, below), at(right, below)};
}

Drawing four_quarters(std::uint32_t width, std::uint32_t height, std::uint8_t alpha) {
  Drawing drawing{width, height};
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const Colour colour =
          2 * y < height ? (2 * x < width ? red : green) : (2 * x < width ? blue : yellow);
      drawing.pixels.insert(drawing.pixels.end(), {colour[0], colour[1], colour[2], alpha});
    }
  }
  return drawing;
}

Drawing noise(std::uint32_t width, std::uint32_t height) {
  std::mt19937 random(7);
  Drawing drawing{width, height, Buffer(std::size_t{width} * height * 4)};
  std::ranges::generate(drawing.pixels, [&] { return static_cast<std::uint8_t>(random()); });
  for (std::size_t at = 3; at < drawing.pixels.size(); at += 4) drawing.pixels[at] = 255;
  return drawing;
}

Buffer exif_of(int orientation) {
  constexpr std::size_t entry = 12;
  constexpr std::size_t first = 8;
  constexpr std::size_t place = first + 2 + 3 * entry + 4;
  constexpr std::size_t text = place + 2 + 1 * entry + 4;
  const std::size_t size = marker.size() + 1;
  return LittleEndian()
      .text("II")
      .u16(42)
      .u32(first)
      .u16(3)
      .entry(0x010e, 2, size, text)                                // description
      .entry(0x0112, 3, 1, static_cast<std::size_t>(orientation))  // orientation
      .entry(0x8825, 4, 1, place)                                  // where GPS begins
      .u32(0)
      .u16(1)
      .entry(0x001b, 7, size, text)  // how it was found
      .u32(0)
      .text(marker)
      .text(std::string_view("\0", 1))
      .done();
}

Buffer jpeg_file(const Drawing& drawing, Style style) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr faults{};
  jpeg.err = jpeg_std_error(&faults);
  jpeg_create_compress(&jpeg);
  unsigned char* made = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &made, &size);
  jpeg.image_width = drawing.width;
  jpeg.image_height = drawing.height;
  jpeg.input_components = style.printed ? 4 : 3;
  jpeg.in_color_space = style.printed ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 95, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  if (style.progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  if (style.metadata) write_jpeg_metadata(jpeg, style.orientation);
  // Stored inverted, a pixel without black is the same bytes as one without transparency.
  Buffer pixels = style.printed ? drawing.pixels : without_alpha(drawing);
  const auto channels = static_cast<std::size_t>(jpeg.input_components);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = pixels.data() + jpeg.next_scanline * drawing.width * channels;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  Buffer file(made, made + size);
  std::free(made);
  if (style.metadata) append(file, marked("behind the end"));
  return file;
}

Buffer png_file(const Drawing& drawing, Style style) {
  Buffer file;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop about = png_create_info_struct(png);
  png_set_write_fn(
      png, &file,
      [](png_structp writer, png_bytep bytes, std::size_t size) {
        append(*static_cast<Buffer*>(png_get_io_ptr(writer)), Buffer(bytes, bytes + size));
      },
      nullptr);
  png_set_IHDR(png, about, drawing.width, drawing.height, 8, PNG_COLOR_TYPE_RGB_ALPHA,
               style.progressive ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  std::string name = "Comment";
  std::string said(marker);
  std::array<png_text, 2> texts{};
  texts[0].compression = PNG_TEXT_COMPRESSION_NONE;
  texts[1].compression = PNG_TEXT_COMPRESSION_zTXt;
  for (png_text& text : texts) {
    text.key = name.data();
    text.text = said.data();
    text.text_length = said.size();
  }
  Buffer exif = exif_of(style.orientation);
  if (style.metadata) {
    png_set_text(png, about, texts.data(), texts.size());
    png_set_eXIf_1(png, about, static_cast<png_uint_32>(exif.size()), exif.data());
  }
  png_write_info(png, about);
  std::vector<png_bytep> rows;
  Buffer pixels = drawing.pixels;
  for (std::size_t y = 0; y < drawing.height; ++y) {
    rows.push_back(pixels.data() + y * drawing.width * 4);
  }
  png_write_image(png, rows.data());
  png_write_end(png, about);
  png_destroy_write_struct(&png, &about);
  if (style.metadata) append(file, marked("behind the end"));
  return file;
}

Buffer webp_file(const Drawing& drawing, Style style) {
  std::uint8_t* made = nullptr;
  const std::size_t size = WebPEncodeRGBA(drawing.pixels.data(), static_cast<int>(drawing.width),
                                          static_cast<int>(drawing.height),
                                          static_cast<int>(drawing.width) * 4, 90, &made);
  Buffer file(made, made + size);
  WebPFree(made);
  if (!style.metadata) return file;
  const WebPData image = data_of(file);
  const Buffer exif = exif_of(style.orientation);
  const Buffer other = marked("<x:xmpmeta>");
  const WebPData exif_data = data_of(exif);
  const WebPData other_data = data_of(other);
  WebPMux* mux = WebPMuxCreate(&image, 1);
  WebPMuxSetChunk(mux, "EXIF", &exif_data, 1);
  WebPMuxSetChunk(mux, "XMP ", &other_data, 1);
  WebPMuxSetChunk(mux, "ICCP", &other_data, 1);
  WebPData whole{};
  WebPMuxAssemble(mux, &whole);
  Buffer with(whole.bytes, whole.bytes + whole.size);
  WebPDataClear(&whole);
  WebPMuxDelete(mux);
  return with;
}

Buffer webp_animation(const Drawing& first, const Drawing& second) {
  const int width = static_cast<int>(first.width);
  const int height = static_cast<int>(first.height);
  WebPAnimEncoderOptions options;
  WebPAnimEncoderOptionsInit(&options);
  WebPAnimEncoder* encoder = WebPAnimEncoderNew(width, height, &options);
  int time = 0;
  for (const Drawing* drawing : {&first, &second}) {
    WebPPicture frame;
    WebPPictureInit(&frame);
    frame.use_argb = 1;
    frame.width = width;
    frame.height = height;
    WebPPictureImportRGBA(&frame, drawing->pixels.data(), width * 4);
    WebPAnimEncoderAdd(encoder, &frame, time, nullptr);
    WebPPictureFree(&frame);
    time += 100;
  }
  WebPAnimEncoderAdd(encoder, nullptr, time, nullptr);
  WebPData whole{};
  WebPAnimEncoderAssemble(encoder, &whole);
  Buffer file(whole.bytes, whole.bytes + whole.size);
  WebPDataClear(&whole);
  WebPAnimEncoderDelete(encoder);
  return file;
}

Drawing bare_jpeg(crypto::Bytes file) {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr faults{};
  jpeg.err = jpeg_std_error(&faults);
  faults.error_exit = broken;
  jpeg_create_decompress(&jpeg);
  jpeg_save_markers(&jpeg, JPEG_COM, 0xffff);
  for (int where = 0; where < 16; ++where) jpeg_save_markers(&jpeg, JPEG_APP0 + where, 0xffff);
  jpeg_mem_src(&jpeg, file.data(), file.size());
  jpeg_read_header(&jpeg, TRUE);
  for (auto* found = jpeg.marker_list; found != nullptr; found = found->next) {
    if (found->marker != JPEG_APP0) throw std::runtime_error("there is metadata");
  }
  jpeg_start_decompress(&jpeg);
  Drawing drawing{jpeg.output_width, jpeg.output_height};
  Buffer row(std::size_t{drawing.width} * 3);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW place = row.data();
    jpeg_read_scanlines(&jpeg, &place, 1);
    for (std::size_t at = 0; at < row.size(); at += 3) {
      drawing.pixels.insert(drawing.pixels.end(), {row[at], row[at + 1], row[at + 2], 255});
    }
  }
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return drawing;
}

bool near(Colour a, Colour b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::abs(int{a[i]} - int{b[i]}) > 12) return false;
  }
  return true;
}

bool holds(crypto::Bytes file, std::string_view text) {
  const auto bytes = crypto::as_bytes(text);
  return std::search(file.begin(), file.end(), bytes.begin(), bytes.end()) != file.end();
}

}  // namespace meldpunt::tests
