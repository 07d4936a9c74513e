#include <webp/decode.h>
#include <webp/demux.h>

#include "client/image/decode.h"
#include "client/image/ending.h"

namespace meldpunt::image {

namespace {

constexpr std::size_t stored_channels = 4;  // red, green, blue, alpha

Bytes view(const WebPData& data) { return {data.bytes, data.size}; }

Picture over_white(const WebPDecBuffer& decoded) {
  const WebPRGBABuffer& rgba = decoded.u.RGBA;
  const Size size{static_cast<std::uint32_t>(decoded.width),
                  static_cast<std::uint32_t>(decoded.height)};
  Shrinker same(size, size);
  std::vector<std::uint8_t> scratch;
  for (std::size_t y = 0; y < size.height; ++y) {
    const std::uint8_t* row = rgba.rgba + y * static_cast<std::size_t>(rgba.stride);
    take_over_white(same, {row, size.width * stored_channels}, scratch);
  }
  return same.done();
}

// libwebp makes it smaller while it decodes.
Picture decode_frame(Bytes frame) {
  WebPDecoderConfig settings;
  if (WebPInitDecoderConfig(&settings) == 0) end(Ending::unreadable);
  if (WebPGetFeatures(frame.data(), frame.size(), &settings.input) != VP8_STATUS_OK) {
    end(Ending::unreadable);
  }
  const Size stored{static_cast<std::uint32_t>(settings.input.width),
                    static_cast<std::uint32_t>(settings.input.height)};
  must_be_opened(stored);
  const Size wanted = fitting(stored, side_longest);
  settings.options.use_scaling = wanted == stored ? 0 : 1;
  settings.options.scaled_width = static_cast<int>(wanted.width);
  settings.options.scaled_height = static_cast<int>(wanted.height);
  settings.output.colorspace = MODE_RGBA;
  const VP8StatusCode status = WebPDecode(frame.data(), frame.size(), &settings);
  if (status == VP8_STATUS_OUT_OF_MEMORY) end(Ending::too_large);
  if (status != VP8_STATUS_OK) end(Ending::unreadable);
  Picture picture = over_white(settings.output);
  WebPFreeDecBuffer(&settings.output);
  return picture;
}

Orientation orientation_in(const WebPDemuxer* file) {
  WebPChunkIterator chunk;
  if (WebPDemuxGetChunk(file, "EXIF", 1, &chunk) == 0) return Orientation::as_stored;
  const Orientation orientation = orientation_of(view(chunk.chunk));
  WebPDemuxReleaseChunkIterator(&chunk);
  return orientation;
}

}  // namespace

Picture decode_webp(Bytes bytes) {
  const WebPData data{bytes.data(), bytes.size()};
  WebPDemuxer* file = WebPDemux(&data);
  WebPIterator first;
  if (file == nullptr || WebPDemuxGetFrame(file, 1, &first) == 0) end(Ending::unreadable);
  Picture picture = decode_frame(view(first.fragment));
  const Orientation orientation = orientation_in(file);
  WebPDemuxReleaseIterator(&first);
  WebPDemuxDelete(file);
  return turn(std::move(picture), orientation);
}

}  // namespace meldpunt::image
