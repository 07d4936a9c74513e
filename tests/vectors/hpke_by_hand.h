// HPKE step by step, from the primitives: what the worked example compares crypto/hpke.h with.
#pragma once

#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "tests/vectors/chosen.h"

namespace meldpunt::crypto::example {

// The parts of one HPKE message, taken apart by hand (RFC 9180, 5.1).
struct Taken {
  Block<32> shared{}, key{}, exporter{};
  Block<aead_nonce_size> nonce{};

  void exported(std::span<std::uint8_t, 32> out, std::string_view context) const {
    expand(out, exporter, "sec", as_bytes(context));
  }

  static void extract(std::span<std::uint8_t, 32> out, Bytes salt, std::string_view label,
                      Bytes material) {
    hkdf_extract(out, salt, {as_bytes("HPKE-v1"), suite, as_bytes(label), material});
  }
  static void expand(MutableBytes out, Prk prk, std::string_view label, Bytes info) {
    const Block<2> length{0, static_cast<std::uint8_t>(out.size())};
    hkdf_expand(out, prk, {length, as_bytes("HPKE-v1"), suite, as_bytes(label), info});
  }
  static constexpr Block<10> suite{'H', 'P', 'K', 'E', 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03};
};

inline Taken take_apart(Bytes enc, Bytes secret_key, Bytes info) {
  Taken taken;
  must(crypto_kem_xwing_dec(taken.shared.data(), enc.data(), secret_key.data()) == 0, "X-Wing");
  Buffer context(65);
  const std::span<std::uint8_t, 65> fields(context);
  Taken::extract(fields.subspan<1, 32>(), {}, "psk_id_hash", {});
  Taken::extract(fields.subspan<33, 32>(), {}, "info_hash", info);
  Block<32> prk{};
  Taken::extract(prk, taken.shared, "secret", {});
  Taken::expand(taken.key, prk, "key", context);
  Taken::expand(taken.nonce, prk, "base_nonce", context);
  Taken::expand(taken.exporter, prk, "exp", context);
  return taken;
}

inline Buffer open_by_hand(const Taken& taken, Bytes ciphertext) {
  Buffer plaintext(ciphertext.size() - aead_tag_size);
  must(crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr,
                                                 ciphertext.data(), ciphertext.size(), nullptr, 0,
                                                 taken.nonce.data(), taken.key.data()) == 0,
       "ChaCha20-Poly1305");
  return plaintext;
}

}  // namespace meldpunt::crypto::example
