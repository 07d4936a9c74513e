#include "crypto/xaead.h"

#include <sodium.h>

#include <cassert>

namespace meldpunt::crypto {

void xaead_seal(MutableBytes out, Bytes plaintext, Bytes associated, const SymmetricKey& key) {
  assert(out.size() == plaintext.size() + xaead_overhead);
  const auto nonce = out.first(xaead_nonce_size);
  fill_random(nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      out.subspan(xaead_nonce_size).data(), nullptr, plaintext.data(), plaintext.size(),
      associated.data(), associated.size(), nullptr, nonce.data(), key.view().data());
}

Result<void> xaead_open(MutableBytes plaintext, Bytes sealed, Bytes associated,
                        const SymmetricKey& key) {
  if (sealed.size() != plaintext.size() + xaead_overhead) return fail(Error::cannot_open);
  const Bytes ciphertext = sealed.subspan(xaead_nonce_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
          associated.data(), associated.size(), sealed.data(), key.view().data()) != 0) {
    sodium_memzero(plaintext.data(), plaintext.size());
    return fail(Error::cannot_open);
  }
  return {};
}

}  // namespace meldpunt::crypto
