#include "crypto/kdf.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>

#include "crypto/secret.h"

namespace meldpunt::crypto {

void hmac(std::span<std::uint8_t, 32> out, Bytes key, std::initializer_list<Bytes> fields) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  for (const Bytes field : fields) {
    crypto_auth_hmacsha256_update(&state, field.data(), field.size());
  }
  crypto_auth_hmacsha256_final(&state, out.data());
  sodium_memzero(&state, sizeof state);
}

void hkdf_extract(std::span<std::uint8_t, prk_size> out, Bytes salt,
                  std::initializer_list<Bytes> key_material) {
  hmac(out, salt, key_material);
}

void hkdf_expand(MutableBytes out, Prk prk, std::initializer_list<Bytes> info) {
  assert(!out.empty() && out.size() <= 32);
  const std::uint8_t counter = 1;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, prk.data(), prk.size());
  for (const Bytes piece : info) {
    crypto_auth_hmacsha256_update(&state, piece.data(), piece.size());
  }
  crypto_auth_hmacsha256_update(&state, &counter, 1);
  Transient<32> block;
  crypto_auth_hmacsha256_final(&state, block.fill().data());
  sodium_memzero(&state, sizeof state);
  std::copy_n(block.view().begin(), out.size(), out.begin());
}

}  // namespace meldpunt::crypto
