// HKDF-SHA-256 (RFC 5869) and HMAC-SHA-256 for outputs of at most one block, which is all that the
// protocol needs; fields are fed one after the other, so nothing is copied together.
#pragma once

#include <initializer_list>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

inline constexpr std::size_t prk_size = 32;
using Prk = std::span<const std::uint8_t, prk_size>;

void hmac(std::span<std::uint8_t, 32> out, Bytes key, std::initializer_list<Bytes> fields);

void hkdf_extract(std::span<std::uint8_t, prk_size> out, Bytes salt,
                  std::initializer_list<Bytes> key_material);

// out: 1 to 32 bytes.
void hkdf_expand(MutableBytes out, Prk prk, std::initializer_list<Bytes> info);

}  // namespace meldpunt::crypto
