// New keys of a device that is enrolled already (docs/protocol.md, "Successor").
//
//   successor:  signing key 32 | sealing key 1216 | CURVE key 32 | signature 64 by that signing key
//
// It travels to the staff as an object (boxed.h), which the device's present key signs: so the
// present key vouches for the new ones, and the new signing key shows that its owner has it. It
// counts once a steward's roster lists the keys.
//
// The same sealing key alone, in an event of kind device_key, is where a coordinator's device wants
// its next secrets sealed to.
#pragma once

#include "crypto/hierarchy.h"

namespace meldpunt::crypto {

struct Successor {
  VerifyKey<role::Device> signing;
  SealingKey<role::Device> sealing;
  CurveKey curve;
  friend bool operator==(const Successor&, const Successor&) = default;
};

inline constexpr std::size_t successor_size =
    verify_key_size + kem_public_key_size + curve_key_size + signature_size;

// `key` is the secret half of successor.signing.
[[nodiscard]] Buffer sign_successor(const Successor& successor, const DeviceId& device,
                                    const RegionId& region, const SigningKey<role::Device>& key);
// bad_signature for another device's.
Result<Successor> verify_successor(Bytes bytes, const DeviceId& device, const RegionId& region);

Result<SealingKey<role::Device>> decode_device_key(Bytes content);

}  // namespace meldpunt::crypto
