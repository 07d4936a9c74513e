// Keys typed by the role that owns them, so that a device's key can never be passed where the
// root's is meant. Signatures are Ed25519 over hash(label, region, body); sealing keys are X-Wing
// (KEM 0x647a of RFC 9180); connection keys are X25519, as CURVE uses them.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "crypto/secret.h"
#include "crypto/wire/sizes.h"

namespace meldpunt::crypto {

namespace role {
struct Root;        // offline, made at the ceremony
struct Operations;  // a steward's, certified by the root
struct Daemon;      // signs the digest
struct Device;      // one enrolled device of a coordinator, partner or receiver
struct Epoch;       // the team key that reports are sealed to
struct Request;     // the daemon's, in its memory only
struct Reply;       // one reporter's, derived from the code
struct Recovery;    // on paper
}  // namespace role

inline constexpr std::size_t verify_key_size = 32;
inline constexpr std::size_t signing_seed_size = 32;

template <class Role>
using VerifyKey = Id<Role, verify_key_size>;

template <class Role>
struct SealingKey {
  Block<kem_public_key_size> bytes{};

  [[nodiscard]] Bytes view() const { return bytes; }
  [[nodiscard]] MutableBytes fill() { return bytes; }
  friend bool operator==(const SealingKey&, const SealingKey&) = default;
};

struct CurveKey {
  Block<curve_key_size> bytes{};

  [[nodiscard]] Bytes view() const { return bytes; }
  [[nodiscard]] MutableBytes fill() { return bytes; }
  friend bool operator==(const CurveKey&, const CurveKey&) = default;
  friend bool operator<(const CurveKey& a, const CurveKey& b) { return a.bytes < b.bytes; }
};

namespace detail {
void expand_signing_seed(Bytes seed, MutableBytes public_key, MutableBytes secret);
// expanded: ML-KEM-768 decapsulation key 2400 | X25519 secret 32 | X25519 public key 32.
void expand_sealing_secret(Bytes secret, MutableBytes public_key, MutableBytes expanded);
void curve_public(Bytes secret, MutableBytes public_key);
Signature sign(Bytes secret, std::string_view label, const RegionId& region, Bytes body);
bool verify(Bytes public_key, std::string_view label, const RegionId& region, Bytes body,
            const Signature& signature);
}  // namespace detail

template <class Role>
class SigningKey {
 public:
  static SigningKey generate() {
    return from_seed(SecretBytes<signing_seed_size>::random().view());
  }
  static SigningKey from_seed(std::span<const std::uint8_t, signing_seed_size> seed) {
    SigningKey key;
    detail::expand_signing_seed(seed, key.public_.fill(), key.secret_.fill());
    return key;
  }

  [[nodiscard]] const VerifyKey<Role>& public_key() const { return public_; }
  // The 32 bytes to keep; from_seed() makes the same key of them again.
  [[nodiscard]] Bytes seed() const { return secret_.view().first(signing_seed_size); }
  [[nodiscard]] Signature sign(std::string_view label, const RegionId& region, Bytes body) const {
    return detail::sign(secret_.view(), label, region, body);
  }

 private:
  SigningKey() = default;

  VerifyKey<Role> public_;
  SecretBytes<64> secret_;
};

template <class Role>
[[nodiscard]] bool verify(const VerifyKey<Role>& key, std::string_view label,
                          const RegionId& region, Bytes body, const Signature& signature) {
  return detail::verify(key.view(), label, region, body, signature);
}

template <class Role>
class OpeningKey {
 public:
  static OpeningKey generate() {
    return from_secret(SecretBytes<kem_secret_key_size>::random().view());
  }
  static OpeningKey from_secret(std::span<const std::uint8_t, kem_secret_key_size> secret) {
    OpeningKey key;
    const auto kept = key.secret_.fill();
    copy_bytes(secret, kept);
    detail::expand_sealing_secret(secret, key.public_.fill(),
                                  kept.template subspan<kem_secret_key_size>());
    return key;
  }

  [[nodiscard]] const SealingKey<Role>& public_key() const { return public_; }
  // The 32 bytes to keep; from_secret() makes the same key of them again.
  [[nodiscard]] std::span<const std::uint8_t, kem_secret_key_size> secret() const {
    return secret_.view().template first<kem_secret_key_size>();
  }
  // What opening uses, so that not every message expands the secret anew.
  [[nodiscard]] std::span<const std::uint8_t, kem_expanded_key_size> expanded() const {
    return secret_.view().template subspan<kem_secret_key_size>();
  }

 private:
  OpeningKey() = default;

  SealingKey<Role> public_;
  SecretBytes<kem_secret_key_size + kem_expanded_key_size> secret_;
};

class CurveSecret {
 public:
  static CurveSecret generate() {
    return from_secret(SecretBytes<curve_key_size>::random().view());
  }
  static CurveSecret from_secret(std::span<const std::uint8_t, curve_key_size> secret) {
    CurveSecret key;
    copy_bytes(secret, key.secret_.fill());
    detail::curve_public(secret, key.public_.fill());
    return key;
  }

  [[nodiscard]] const CurveKey& public_key() const { return public_; }
  [[nodiscard]] std::span<const std::uint8_t, curve_key_size> secret() const {
    return secret_.view();
  }

 private:
  CurveSecret() = default;

  CurveKey public_;
  SecretBytes<curve_key_size> secret_;
};

}  // namespace meldpunt::crypto
