// HPKE base mode (RFC 9180), one suite and no other: KEM 0x647a (X-Wing), KDF 0x0001
// (HKDF-SHA-256), AEAD 0x0003 (ChaCha20-Poly1305). aad is empty throughout the protocol.
//
//   enc 1120 | ciphertext with tag 16
//
// A context seals or opens messages in order and exports secrets bound to the same exchange.
// It is wiped when it goes. Contexts are used by one thread at a time.
#pragma once

#include <string_view>

#include "crypto/keys.h"

namespace meldpunt::crypto {

using Enc = std::span<const std::uint8_t, hpke_enc_size>;
using EncapsulationSeed = std::span<const std::uint8_t, 64>;

class HpkeContext {
 public:
  // Takes the KEM's shared secret; info binds what the exchange is for.
  HpkeContext(std::span<const std::uint8_t, 32> shared_secret, Bytes info);

  // ciphertext: plaintext.size() + 16 bytes; may start where the plaintext starts.
  void seal(MutableBytes ciphertext, Bytes plaintext, Bytes aad = {});
  // plaintext: ciphertext.size() - 16 bytes. Leaves zeros there when it cannot open, and a
  // message that cannot be opened does not count.
  Result<void> open(MutableBytes plaintext, Bytes ciphertext, Bytes aad = {});
  // out: 1 to 32 bytes (RFC 9180, 5.3).
  void export_secret(MutableBytes out, Bytes exporter_context) const;

 private:
  Block<aead_nonce_size> nonce() const;

  Transient<aead_key_size> key_;
  Transient<aead_nonce_size> base_nonce_;
  Transient<32> exporter_;
  std::uint64_t sequence_ = 0;
};

namespace detail {
// malformed when the public key is no key.
Result<void> encapsulate(MutableBytes enc, std::span<std::uint8_t, 32> shared, Bytes public_key,
                         const EncapsulationSeed* seed);
Result<void> decapsulate(std::span<std::uint8_t, 32> shared, Enc enc,
                         std::span<const std::uint8_t, kem_expanded_key_size> key);
}  // namespace detail

// One message to one recipient: writes enc to the start of `out` and calls
// write_and_seal(context, rest of out). The seed makes the result repeatable; it is for test
// vectors alone.
template <class Role, class Use>
Result<void> hpke_seal(const SealingKey<Role>& recipient, Bytes info, MutableBytes out,
                       Use&& write_and_seal, const EncapsulationSeed* seed = nullptr) {
  Transient<32> shared;
  const auto enc = out.first(hpke_enc_size);
  if (const auto sent = detail::encapsulate(enc, shared.fill(), recipient.view(), seed); !sent) {
    return fail(sent.error());
  }
  HpkeContext context(shared.view(), info);
  write_and_seal(context, out.subspan(hpke_enc_size));
  return {};
}

// Decapsulates and returns what open_with(context, ciphertext) returns. Every reason for not
// opening is cannot_open.
template <class Role, class Use>
Result<void> hpke_open(const OpeningKey<Role>& recipient, Bytes info, Bytes sealed,
                       Use&& open_with) {
  if (sealed.size() < hpke_enc_size + aead_tag_size) return fail(Error::cannot_open);
  Transient<32> shared;
  if (const auto received =
          detail::decapsulate(shared.fill(), sealed.first<hpke_enc_size>(), recipient.expanded());
      !received) {
    return fail(Error::cannot_open);
  }
  HpkeContext context(shared.view(), info);
  return open_with(context, sealed.subspan(hpke_enc_size));
}

}  // namespace meldpunt::crypto
