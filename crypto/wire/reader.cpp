#include "crypto/wire/reader.h"

namespace meldpunt::crypto {

Bytes Reader::bytes(std::size_t size) {
  if (failed_ || size > rest_.size()) {
    failed_ = true;
    return {};
  }
  const Bytes taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

void Reader::copy(MutableBytes out) {
  const Bytes taken = bytes(out.size());
  copy_bytes(taken, out);
}

std::uint64_t Reader::number(std::size_t size) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes(size)) value = value << 8 | byte;
  return value;
}

}  // namespace meldpunt::crypto
