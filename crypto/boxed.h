// What devices hand each other through boxes: an object sealed to one device or to the staff,
// signed by the device that gives it (docs/protocol.md, "Boxes"). Every object has the one size.
//
//   to a device:   giver's device id 16 | enc 1120 | ciphertext with tag | giver's signature 64
//   to the staff:  giver's device id 16 | epoch id 4 | enc 1120 | ciphertext with tag | signature
//   64 plaintext:     kind 1 | content, field | zeros
//
// The staff's are sealed to the team key of an epoch: every coordinator's device opens them, and
// none can once the epoch is closed. An object beyond object_content_max travels in parts
// (crypto/parts.h), each an object.
#pragma once

#include "crypto/hierarchy.h"
#include "crypto/wire/sizes.h"

namespace meldpunt::crypto {

// Values are sealed and kept: never reused or renumbered.
enum class ObjectKind : std::uint8_t {
  manifest = 1,           // of something larger
  part = 2,               // of something larger
  escalation = 3,         // coordinator -> partner
  escalation_answer = 4,  // partner -> staff
  to_countersign = 5,     // coordinator -> approver
  countersignature = 6,   // approver -> staff
  release = 7,            // coordinator -> forwarder
  release_receipt = 8,    // forwarder -> staff
  device_successor = 9,   // any device -> staff
  withdrawal = 10,        // coordinator -> partner
  second_refusal = 11,    // approver -> staff
};
inline constexpr std::uint8_t object_kinds = 11;

// One size for both ways, so that the epoch id is the only difference.
inline constexpr std::size_t boxed_object_size = put_bytes_max;
inline constexpr std::size_t object_plaintext_size = boxed_object_size - DeviceId::size -
                                                     epoch_id_size - hpke_enc_size - aead_tag_size -
                                                     signature_size;
inline constexpr std::size_t object_content_max = object_plaintext_size - 1 - 2;

struct BoxedObject {
  DeviceId from;  // whose signature was checked
  ObjectKind kind{};
  SecretBuffer content;
};

// too_long beyond object_content_max.
Result<Buffer> seal_to_device(ObjectKind kind, Bytes content, const Device& to,
                              const DeviceId& from, const SigningKey<role::Device>& signer,
                              const RegionId& region);
Result<Buffer> seal_to_staff(ObjectKind kind, Bytes content, const SealingKey<role::Epoch>& team,
                             const DeviceId& from, const SigningKey<role::Device>& signer,
                             const RegionId& region);

// bad_signature unless a device of the roster that is valid today gave it; whether that device may
// give this kind of object is the caller's to judge. cannot_open for another receiver's.
Result<BoxedObject> open_boxed(Bytes boxed, const OpeningKey<role::Device>& key,
                               const DeviceId& self, const Roster& roster, Day today,
                               const RegionId& region);
Result<BoxedObject> open_boxed(Bytes boxed, const OpeningKey<role::Epoch>& key,
                               const Roster& roster, Day today, const RegionId& region);
// What makes an object once, wherever it is taken in.
[[nodiscard]] Hash hash_of_object(Bytes boxed);
// Which epoch's secret opens what was sealed to the staff.
Result<EpochId> epoch_of_boxed(Bytes boxed);

}  // namespace meldpunt::crypto
