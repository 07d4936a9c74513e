// Domain separation: every hash, signature and key derivation starts with a label of its own and
// binds its fields with their lengths, so that no bytes made for one purpose pass for another.
//
//   label(name)        = "meldpunt/1 " + name
//   bind(name, f...)   = for each of label, f...: length (4 bytes, big-endian) | bytes
//   hash(name, f...)   = BLAKE2b-256(bind(name, f...))
#pragma once

#include <initializer_list>
#include <string_view>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

inline constexpr std::string_view protocol_label = "meldpunt/1 ";

[[nodiscard]] Hash hash(std::string_view name, std::initializer_list<Bytes> fields);

// The bound bytes themselves, for HPKE's info and for associated data.
[[nodiscard]] Buffer bind(std::string_view name, std::initializer_list<Bytes> fields);

}  // namespace meldpunt::crypto
