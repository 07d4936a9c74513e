// The bytes of secrets under a passphrase; whoever owns the disk writes them.
//
//   "meldpunt/1 key file" with its length 2 | salt 16 | passes 4 | memory in KiB 4 |
//   nonce 24 | ciphertext with tag
//
// key = Argon2id13(passphrase, salt, passes, memory); everything before the nonce is associated
// data, so that nobody can lower the cost unnoticed.
#pragma once

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "crypto/secret.h"

namespace meldpunt::crypto {

struct PassphraseCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;  // 8 to 1,048,576
};

// no_memory when the derivation cannot have its memory; malformed for a cost out of bounds.
Result<Buffer> lock_with_passphrase(Bytes secret, Bytes passphrase, PassphraseCost cost = {});
// wrong_passphrase also for altered bytes: they cannot be told apart.
Result<SecretBuffer> unlock_with_passphrase(Bytes file, Bytes passphrase);

}  // namespace meldpunt::crypto
