// What lies on the server for the day on which every device is lost: the newest vault and the
// living epochs, sealed to a key that exists on paper only (docs/protocol.md, "Recovery").
//
//   certificate  serial 4 | recovery key 1216 | signature 64, by a root key of the pin
//   object       certificate 1284 | device id 16 | hour 4 | enc 1120 | ciphertext with tag |
//                signature 64, by that device                                     15,164 in all
//   plaintext    count 1 | count times: vault version 4, vault key 32, journal key 32 |
//                count 2 | count times: day 4, epoch secret 32 | zeros
//
// The root's signature says whose paper it is; the device's, that a coordinator wrote it: a server
// knows the recovery key, and could otherwise slip in a vault of its own.
#pragma once

#include <vector>

#include "crypto/paper_code.h"
#include "crypto/vault.h"

namespace meldpunt::crypto {

inline constexpr std::size_t recovery_certificate_size = 4 + kem_public_key_size + signature_size;
inline constexpr std::size_t recovery_head_size = recovery_certificate_size + DeviceId::size + 4;
inline constexpr std::size_t recovery_object_size = put_bytes_max;
inline constexpr std::size_t recovery_plaintext_size =
    recovery_object_size - recovery_head_size - hpke_enc_size - aead_tag_size - signature_size;
inline constexpr std::size_t recovery_vaults_max = 16;

struct RecoveryCertificate {
  std::uint32_t serial = 1;  // a new paper has a higher one
  SealingKey<role::Recovery> key;
};

[[nodiscard]] Buffer sign_recovery_certificate(const RecoveryCertificate& certificate,
                                               const RegionId& region,
                                               const SigningKey<role::Root>& root);
// bad_signature unless the pin's root or its next root signed it.
Result<RecoveryCertificate> verify_recovery_certificate(Bytes bytes, const Pin& pin);

struct RecoverySecrets {
  std::vector<VaultSecret> vaults;  // each with its vault key
  Epochs epochs;
};

// The slot in which it lies.
[[nodiscard]] SlotId recovery_slot(const RegionId& region);

// `certificate` as it was signed. too_many when there are more secrets than fit, malformed when a
// vault's key has been destroyed.
Result<Buffer> seal_recovery(const RecoverySecrets& secrets, Bytes certificate, const Pin& pin,
                             const DeviceId& from, Hour hour,
                             const SigningKey<role::Device>& signer);

// What can be read of it without the paper.
struct RecoveryHead {
  Buffer certificate;
  SealingKey<role::Recovery> key;  // as the certificate says, believed or not
  DeviceId from;
  Hour hour = 0;
};
Result<RecoveryHead> read_recovery_head(Bytes object);

// bad_signature unless `writer`, the key of the device that the head names, signed it; cannot_open
// with the words of another paper.
Result<RecoverySecrets> open_recovery(Bytes object, const RecoveryKey& key,
                                      const VerifyKey<role::Device>& writer,
                                      const RegionId& region);

}  // namespace meldpunt::crypto
