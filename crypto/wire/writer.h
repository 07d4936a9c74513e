// Writes fields into memory of a fixed size, big-endian. What does not fit is not written, and
// `fits()` becomes false: callers write a whole message and ask once.
#pragma once

#include <cstdint>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

class Writer {
 public:
  explicit Writer(MutableBytes out) : out_(out) {}

  Writer& u8(std::uint8_t value) { return number(value, 1); }
  Writer& u16(std::uint16_t value) { return number(value, 2); }
  Writer& u32(std::uint32_t value) { return number(value, 4); }
  Writer& u64(std::uint64_t value) { return number(value, 8); }
  Writer& bytes(Bytes value);
  // Length (two bytes) and value; longer than 65,535 does not fit.
  Writer& field(Bytes value);
  // Zeros to the end.
  Writer& pad();

  [[nodiscard]] bool fits() const { return !failed_; }
  [[nodiscard]] std::size_t size() const { return used_; }
  [[nodiscard]] Bytes written() const { return Bytes(out_).first(used_); }

 private:
  Writer& number(std::uint64_t value, std::size_t size);

  MutableBytes out_;
  std::size_t used_ = 0;
  bool failed_ = false;
};

}  // namespace meldpunt::crypto
