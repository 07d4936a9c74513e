#include "crypto/text.h"

#include <algorithm>

namespace meldpunt::crypto {

namespace {

struct Lead {
  std::size_t length;  // 0: no character starts with this byte
  std::uint32_t bits;
  std::uint32_t least;  // an overlong spelling encodes less
};

Lead lead(std::uint8_t byte) {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xe0) == 0xc0) return {2, byte & 0x1fU, 0x80};
  if ((byte & 0xf0) == 0xe0) return {3, byte & 0x0fU, 0x800};
  if ((byte & 0xf8) == 0xf0) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

bool allowed(std::uint32_t character) {
  if (character == '\n' || character == '\t') return true;
  if (character < 0x20 || (character >= 0x7f && character < 0xa0)) return false;
  if (character >= 0xd800 && character < 0xe000) return false;  // surrogates
  return character <= 0x10ffff;
}

}  // namespace

bool is_text(Bytes bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Lead first = lead(bytes[at]);
    if (first.length == 0 || first.length > bytes.size() - at) return false;
    std::uint32_t character = first.bits;
    for (std::size_t i = 1; i < first.length; ++i) {
      const std::uint8_t next = bytes[at + i];
      if ((next & 0xc0) != 0x80) return false;
      character = character << 6 | (next & 0x3fU);
    }
    if (character < first.least || !allowed(character)) return false;
    at += first.length;
  }
  return true;
}

bool is_code_name(Bytes bytes) {
  return !bytes.empty() && std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == ':' || byte == '-';
  });
}

}  // namespace meldpunt::crypto
