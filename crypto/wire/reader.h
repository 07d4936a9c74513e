// Walks bytes that a stranger sent. It never reads past the end: after the first short read
// everything it returns is zero or empty, and `finished()` stays false. Callers decode a whole
// message and ask once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

class Reader {
 public:
  explicit Reader(Bytes bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }

  // The next `size` bytes, or none at all.
  Bytes bytes(std::size_t size);
  // A field with its length (two bytes, big-endian) before it.
  Bytes field() { return bytes(u16()); }
  // Everything that is left.
  Bytes rest() { return bytes(rest_.size()); }

  template <class FixedId>
  FixedId id() {
    FixedId value;
    copy(value.fill());
    return value;
  }
  void copy(MutableBytes out);

  // A rule of the format was broken: nothing read from here counts.
  void reject() { failed_ = true; }

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t remaining() const { return failed_ ? 0 : rest_.size(); }
  // True when every byte was read.
  [[nodiscard]] bool finished() const { return !failed_ && rest_.empty(); }
  // True when what is left is zero padding.
  [[nodiscard]] bool finished_with_padding() const {
    return !failed_ &&
           std::all_of(rest_.begin(), rest_.end(), [](std::uint8_t byte) { return byte == 0; });
  }

 private:
  std::uint64_t number(std::size_t size);

  Bytes rest_;
  bool failed_ = false;
};

}  // namespace meldpunt::crypto
