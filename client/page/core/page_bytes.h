// How bytes cross the border between the page and its core: numbers big-endian, a text as its
// length in four bytes and what it holds (page_core.h).
#pragma once

#include <string>
#include <string_view>

#include "crypto/wire/reader.h"

namespace meldpunt::page {

using crypto::Bytes;

class Output {
 public:
  Output& u8(std::uint8_t value) { return number(value, 1); }
  Output& u16(std::size_t value) { return number(value, 2); }
  Output& u32(std::uint32_t value) { return number(value, 4); }
  Output& u64(std::uint64_t value) { return number(value, 8); }
  Output& bytes(Bytes value) {
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    return *this;
  }
  Output& text(std::string_view value) {
    return u32(static_cast<std::uint32_t>(value.size())).bytes(crypto::as_bytes(value));
  }

  [[nodiscard]] const crypto::Buffer& written() const { return bytes_; }
  void clear() { bytes_ = {}; }

 private:
  Output& number(std::uint64_t value, unsigned size) {
    for (unsigned i = size; i-- > 0;) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }

  crypto::Buffer bytes_;
};

inline Bytes bytes_of_text(crypto::Reader& reader) { return reader.bytes(reader.u32()); }
inline std::string text(crypto::Reader& reader) {
  return std::string(crypto::as_text(bytes_of_text(reader)));
}

}  // namespace meldpunt::page
