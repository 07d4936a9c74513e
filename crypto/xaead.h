// XChaCha20-Poly1305 with a random nonce, for what the coordinators keep: nonce 24 | ciphertext
// with tag 16. The associated data binds what the bytes are and where they belong.
#pragma once

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "crypto/secret.h"
#include "crypto/wire/sizes.h"

namespace meldpunt::crypto {

inline constexpr std::size_t xaead_overhead = xaead_nonce_size + aead_tag_size;

using SymmetricKey = SecretBytes<aead_key_size>;

// out: plaintext.size() + xaead_overhead bytes.
void xaead_seal(MutableBytes out, Bytes plaintext, Bytes associated, const SymmetricKey& key);
// plaintext: sealed.size() - xaead_overhead bytes; zeros when it cannot be opened.
Result<void> xaead_open(MutableBytes plaintext, Bytes sealed, Bytes associated,
                        const SymmetricKey& key);

}  // namespace meldpunt::crypto
