#include "crypto/wire/frame.h"

#include <sodium.h>

#include <algorithm>
#include <optional>

#include "crypto/kdf.h"
#include "crypto/label.h"

namespace meldpunt::crypto {

namespace {

Buffer request_info(const RegionId& region, const KeyId& id) {
  return bind("request", {region.view(), id.view()});
}

}  // namespace

struct ResponseKey::Keys {
  Transient<aead_key_size> key;
  Transient<aead_nonce_size> nonce;
};

ResponseKey::ResponseKey(const HpkeContext& context, Enc enc) : kept_(std::make_unique<Kept>()) {
  context.export_secret(kept_->secret.fill(), as_bytes("meldpunt/1 response"));
  copy_bytes(enc, kept_->enc);
}

void ResponseKey::derive(Keys& keys, Bytes nonce) const {
  Block<hpke_enc_size + response_nonce_size> salt{};
  copy_bytes(kept_->enc, salt);
  copy_bytes(nonce, MutableBytes(salt).subspan(hpke_enc_size));
  Transient<prk_size> prk;
  hkdf_extract(prk.fill(), salt, {kept_->secret.view()});
  hkdf_expand(keys.key.fill(), prk.view(), {as_bytes("key")});
  hkdf_expand(keys.nonce.fill(), prk.view(), {as_bytes("nonce")});
}

void ResponseKey::seal(std::span<std::uint8_t, frame_size> out, ResponsePlaintext plaintext) const {
  const auto nonce = out.first<response_nonce_size>();
  fill_random(nonce);
  Keys keys;
  derive(keys, nonce);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.subspan<response_nonce_size>().data(), nullptr,
                                            plaintext.data(), plaintext.size(), nullptr, 0, nullptr,
                                            keys.nonce.view().data(), keys.key.view().data());
}

Result<void> ResponseKey::open(std::span<std::uint8_t, response_plaintext_size> plaintext,
                               FrameView response) const {
  Keys keys;
  derive(keys, response.first<response_nonce_size>());
  const auto ciphertext = response.subspan<response_nonce_size>();
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), nullptr, 0,
          keys.nonce.view().data(), keys.key.view().data()) != 0) {
    sodium_memzero(plaintext.data(), plaintext.size());
    return fail(Error::cannot_open);
  }
  return {};
}

Result<ResponseKey> seal_request(std::span<std::uint8_t, frame_size> out,
                                 RequestPlaintext plaintext, const KeyId& id,
                                 const SealingKey<role::Request>& key, const RegionId& region,
                                 const EncapsulationSeed* seed) {
  copy_bytes(id.view(), out);
  const auto sealed = out.subspan<key_id_size>();
  std::optional<ResponseKey> response;
  const auto done = hpke_seal(
      key, request_info(region, id), sealed,
      [&](HpkeContext& context, MutableBytes ciphertext) {
        response.emplace(context, sealed.first<hpke_enc_size>());
        context.seal(ciphertext, plaintext);
      },
      seed);
  if (!done) return fail(done.error());
  return std::move(*response);
}

KeyId key_id_of(FrameView request) {
  KeyId id;
  copy_bytes(request.first<key_id_size>(), id.fill());
  return id;
}

Result<ResponseKey> open_request(std::span<std::uint8_t, request_plaintext_size> plaintext,
                                 FrameView request, const OpeningKey<role::Request>& key,
                                 const RegionId& region) {
  const auto sealed = request.subspan<key_id_size>();
  std::optional<ResponseKey> response;
  const auto opened = hpke_open(key, request_info(region, key_id_of(request)), sealed,
                                [&](HpkeContext& context, Bytes ciphertext) {
                                  response.emplace(context, sealed.first<hpke_enc_size>());
                                  return context.open(plaintext, ciphertext);
                                });
  if (!opened) return fail(opened.error());
  return std::move(*response);
}

void ask_for_notice(std::span<std::uint8_t, frame_size> out) {
  copy_bytes(KeyId{}.view(), out);
  fill_random(out.subspan<key_id_size>());
}

}  // namespace meldpunt::crypto
