#include "server/gateway/frame_lengths.h"

#include <algorithm>

#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {

std::size_t FrameLengths::skip(std::size_t available) {
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(available, body_left_));
  body_left_ -= taken;
  return taken;
}

std::optional<FrameHeader> FrameLengths::take(std::uint8_t byte) {
  if (taken_++ == 0) {
    flags_ = byte;
    size_ = 0;
    return std::nullopt;
  }
  size_ = size_ << 8 | byte;
  const int header_size = (flags_ & flag_long) != 0 ? 9 : 2;
  if (taken_ < header_size) return std::nullopt;
  taken_ = 0;
  body_left_ = size_;
  return FrameHeader{.flags = flags_, .size = size_};
}

}  // namespace meldpunt::gateway
