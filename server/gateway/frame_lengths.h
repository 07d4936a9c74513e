// Reads the outer frame lengths out of one direction of a ZMTP connection, and nothing else.
//
// Total: any bytes in any split give headers and bodies; whether a header is acceptable is the
// meter's business. Keeps no byte of a body. A copy is a save point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace meldpunt::gateway {

struct FrameHeader {
  std::uint8_t flags = 0;
  std::uint64_t size = 0;
};

class FrameLengths {
 public:
  bool in_body() const { return body_left_ > 0; }

  // Inside a body: takes up to `available` bytes of it and returns how many.
  std::size_t skip(std::size_t available);

  // Outside a body: takes one byte; returns the header when that byte completed it.
  std::optional<FrameHeader> take(std::uint8_t byte);

 private:
  std::uint64_t body_left_ = 0;
  std::uint64_t size_ = 0;
  std::uint8_t flags_ = 0;
  std::uint8_t taken_ = 0;
};

}  // namespace meldpunt::gateway
