#include "crypto/hpke.h"

#include <sodium.h>

#include <cassert>

#include "crypto/kdf.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

constexpr Block<10> suite_id{'H', 'P', 'K', 'E', 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03};
constexpr std::string_view version = "HPKE-v1";

void labeled_extract(std::span<std::uint8_t, 32> out, Bytes salt, std::string_view label,
                     Bytes key_material) {
  hkdf_extract(out, salt, {as_bytes(version), suite_id, as_bytes(label), key_material});
}

void labeled_expand(MutableBytes out, Prk prk, std::string_view label, Bytes info) {
  Block<2> length{};
  Writer(length).u16(static_cast<std::uint16_t>(out.size()));
  hkdf_expand(out, prk, {length, as_bytes(version), suite_id, as_bytes(label), info});
}

}  // namespace

HpkeContext::HpkeContext(std::span<const std::uint8_t, 32> shared_secret, Bytes info) {
  // key_schedule_context = mode | psk_id_hash | info_hash (RFC 9180, 5.1); base mode, empty psk.
  Block<65> context{};
  const std::span<std::uint8_t, 65> fields(context);
  labeled_extract(fields.subspan<1, 32>(), {}, "psk_id_hash", {});
  labeled_extract(fields.subspan<33, 32>(), {}, "info_hash", info);
  Transient<32> secret;
  labeled_extract(secret.fill(), shared_secret, "secret", {});
  labeled_expand(key_.fill(), secret.view(), "key", context);
  labeled_expand(base_nonce_.fill(), secret.view(), "base_nonce", context);
  labeled_expand(exporter_.fill(), secret.view(), "exp", context);
}

Block<aead_nonce_size> HpkeContext::nonce() const {
  Block<aead_nonce_size> nonce{};
  Writer(nonce).u32(0).u64(sequence_);
  for (std::size_t i = 0; i < nonce.size(); ++i) nonce[i] ^= base_nonce_.view()[i];
  return nonce;
}

void HpkeContext::seal(MutableBytes ciphertext, Bytes plaintext, Bytes aad) {
  assert(ciphertext.size() == plaintext.size() + aead_tag_size);
  crypto_aead_chacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, plaintext.data(),
                                            plaintext.size(), aad.data(), aad.size(), nullptr,
                                            nonce().data(), key_.view().data());
  ++sequence_;
}

Result<void> HpkeContext::open(MutableBytes plaintext, Bytes ciphertext, Bytes aad) {
  if (ciphertext.size() != plaintext.size() + aead_tag_size ||
      crypto_aead_chacha20poly1305_ietf_decrypt(
          plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), aad.data(),
          aad.size(), nonce().data(), key_.view().data()) != 0) {
    sodium_memzero(plaintext.data(), plaintext.size());
    return fail(Error::cannot_open);
  }
  ++sequence_;
  return {};
}

void HpkeContext::export_secret(MutableBytes out, Bytes exporter_context) const {
  labeled_expand(out, exporter_.view(), "sec", exporter_context);
}

namespace detail {

Result<void> encapsulate(MutableBytes enc, std::span<std::uint8_t, 32> shared, Bytes public_key,
                         const EncapsulationSeed* seed) {
  const int failed = seed == nullptr
                         ? crypto_kem_xwing_enc(enc.data(), shared.data(), public_key.data())
                         : crypto_kem_xwing_enc_deterministic(enc.data(), shared.data(),
                                                              public_key.data(), seed->data());
  if (failed != 0) return fail(Error::malformed);
  return {};
}

// What crypto_kem_xwing_dec() does, of the same parts, but for the expansion of the secret: that is
// 40 % of its time, and was done when the key was made.
Result<void> decapsulate(std::span<std::uint8_t, 32> shared, Enc enc,
                         std::span<const std::uint8_t, kem_expanded_key_size> key) {
  constexpr Block<6> label{0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c};
  const auto sent_curve = enc.last<curve_key_size>();
  const auto own_curve = key.last<2 * curve_key_size>();  // secret | public key
  // ML-KEM's secret | X25519's secret | the sender's X25519 key | the recipient's | label
  Transient<4 * 32 + label.size()> combined;
  const auto fields = combined.fill();
  const int no_lattice = crypto_kem_mlkem768_dec(fields.data(), enc.data(), key.data());
  const int no_curve = crypto_scalarmult_curve25519(fields.subspan<32>().data(), own_curve.data(),
                                                    sent_curve.data());
  if (no_lattice != 0 || no_curve != 0) return fail(Error::cannot_open);
  copy_bytes(sent_curve, fields.subspan<64>());
  copy_bytes(own_curve.last<curve_key_size>(), fields.subspan<96>());
  copy_bytes(label, fields.subspan<128>());
  crypto_hash_sha3256(shared.data(), fields.data(), fields.size());
  return {};
}

}  // namespace detail

}  // namespace meldpunt::crypto
