#include "crypto/keys.h"

#include <sodium.h>

#include "crypto/label.h"

namespace meldpunt::crypto::detail {

static_assert(kem_public_key_size == crypto_kem_xwing_PUBLICKEYBYTES);
static_assert(kem_secret_key_size == crypto_kem_xwing_SECRETKEYBYTES);
static_assert(hpke_enc_size == crypto_kem_xwing_CIPHERTEXTBYTES);
static_assert(kem_public_key_size == crypto_kem_mlkem768_PUBLICKEYBYTES + curve_key_size);
static_assert(kem_expanded_key_size == crypto_kem_mlkem768_SECRETKEYBYTES + 2 * curve_key_size);

void expand_signing_seed(Bytes seed, MutableBytes public_key, MutableBytes secret) {
  crypto_sign_ed25519_seed_keypair(public_key.data(), secret.data(), seed.data());
}

// X-Wing (draft-connolly-cfrg-xwing-kem, 5.2): SHAKE-256 makes of the 32 bytes the seed of ML-KEM
// and the X25519 secret.
void expand_sealing_secret(Bytes secret, MutableBytes public_key, MutableBytes expanded) {
  Transient<crypto_kem_mlkem768_SEEDBYTES + curve_key_size> seeds;
  crypto_xof_shake256(seeds.fill().data(), seeds.fill().size(), secret.data(), secret.size());
  crypto_kem_mlkem768_seed_keypair(public_key.data(), expanded.data(), seeds.view().data());
  const auto curve_secret = expanded.subspan(crypto_kem_mlkem768_SECRETKEYBYTES, curve_key_size);
  const auto curve_public = public_key.last(curve_key_size);
  copy_bytes(seeds.view().last<curve_key_size>(), curve_secret);
  crypto_scalarmult_curve25519_base(curve_public.data(), curve_secret.data());
  copy_bytes(curve_public, expanded.last(curve_key_size));
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
