#include "crypto/wire/writer.h"

#include <algorithm>

namespace meldpunt::crypto {

Writer& Writer::bytes(Bytes value) {
  if (failed_ || value.size() > out_.size() - used_) {
    failed_ = true;
    return *this;
  }
  copy_bytes(value, out_.subspan(used_));
  used_ += value.size();
  return *this;
}

Writer& Writer::field(Bytes value) {
  if (value.size() > 0xffff) {
    failed_ = true;
    return *this;
  }
  return u16(static_cast<std::uint16_t>(value.size())).bytes(value);
}

Writer& Writer::pad() {
  if (failed_) return *this;
  const MutableBytes rest = out_.subspan(used_);
  std::fill(rest.begin(), rest.end(), std::uint8_t{0});
  used_ = out_.size();
  return *this;
}

Writer& Writer::number(std::uint64_t value, std::size_t size) {
  Block<8> big_endian{};
  for (std::size_t i = 0; i < size; ++i) {
    big_endian[size - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
  return bytes(Bytes(big_endian).first(size));
}

}  // namespace meldpunt::crypto
