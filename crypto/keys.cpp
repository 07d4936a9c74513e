#include "crypto/keys.h"

#include <sodium.h>

#include "crypto/label.h"

namespace meldpunt::crypto::detail {

static_assert(kem_public_key_size == crypto_kem_xwing_PUBLICKEYBYTES);
static_assert(kem_secret_key_size == crypto_kem_xwing_SECRETKEYBYTES);
static_assert(hpke_enc_size == crypto_kem_xwing_CIPHERTEXTBYTES);

void expand_signing_seed(Bytes seed, MutableBytes public_key, MutableBytes secret) {
  crypto_sign_ed25519_seed_keypair(public_key.data(), secret.data(), seed.data());
}

void expand_sealing_secret(Bytes secret, MutableBytes public_key) {
  // X-Wing's secret key is its seed (draft-connolly-cfrg-xwing-kem): the same 32 bytes.
  Transient<kem_secret_key_size> same;
  crypto_kem_xwing_seed_keypair(public_key.data(), same.fill().data(), secret.data());
}

void curve_public(Bytes secret, MutableBytes public_key) {
  crypto_scalarmult_curve25519_base(public_key.data(), secret.data());
}

Signature sign(Bytes secret, std::string_view label, const RegionId& region, Bytes body) {
  const Hash message = hash(label, {region.view(), body});
  Signature signature;
  crypto_sign_ed25519_detached(signature.bytes.data(), nullptr, message.bytes.data(), Hash::size,
                               secret.data());
  return signature;
}

bool verify(Bytes public_key, std::string_view label, const RegionId& region, Bytes body,
            const Signature& signature) {
  const Hash message = hash(label, {region.view(), body});
  return crypto_sign_ed25519_verify_detached(signature.bytes.data(), message.bytes.data(),
                                             Hash::size, public_key.data()) == 0;
}

}  // namespace meldpunt::crypto::detail
