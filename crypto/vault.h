// The keys that coordinators share, and how they reach each device (docs/protocol.md, "Vault").
//
//   vault secret  version 4 | vault key 32 | journal key 32
//   slot value    vault version 4 | case key, sealed under the vault key (nonce 24 | 32 | tag 16)
//
// A vault changes monthly and when somebody leaves. A grant brings secrets to one device:
//
//   grant         enc 1120 | ciphertext with tag of one of
//                   1 | count 1 | count times: day 4 | epoch secret 32
//                   2 | vault version 4 | vault key 32 | journal key 32
//                   3 | operations seed 32 | certificate 124
//   boxed grant   giver's device id 16 | grant | giver's signature 64
#pragma once

#include <optional>
#include <variant>

#include "crypto/hierarchy.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {

using VaultVersion = std::uint32_t;

struct VaultSecret {
  VaultVersion version = 1;
  // Absent once no slot names this version: then it has been destroyed on purpose. The journal key
  // stays, because the events of its time do.
  std::optional<SymmetricKey> vault_key;
  SymmetricKey journal_key;

  static VaultSecret generate(VaultVersion version) {
    return {version, SymmetricKey::random(), SymmetricKey::random()};
  }
  [[nodiscard]] VaultSecret clone() const {
    VaultSecret copy{version, std::nullopt, journal_key.clone()};
    if (vault_key) copy.vault_key = vault_key->clone();
    return copy;
  }
};

// Where the case key of a thread lies, and which case it is: the same on every device, so that two
// that take in the same thread at once meet in one slot.
[[nodiscard]] CaseId case_of(const ThreadId& thread, const VaultSecret& first_vault,
                             const RegionId& region);
// The case of the same thread after that one has been erased: its slot stays empty for ever, and
// whoever writes again must find somebody.
[[nodiscard]] CaseId case_after(const CaseId& erased, const VaultSecret& first_vault,
                                const RegionId& region);
[[nodiscard]] SlotId slot_of(const CaseId& subject, const RegionId& region);

inline constexpr std::size_t slot_value_size = 4 + xaead_nonce_size + aead_key_size + aead_tag_size;
using SlotValue = Block<slot_value_size>;

// The vault must still have its key.
[[nodiscard]] SlotValue wrap_case_key(const SymmetricKey& case_key, const SlotId& slot,
                                      const VaultSecret& vault, const RegionId& region);
// Which version of the vault key opens it; malformed for a wrong length.
Result<VaultVersion> vault_version_of(Bytes slot_value);
// cannot_open also when the vault key has been destroyed.
Result<SymmetricKey> unwrap_case_key(Bytes slot_value, const SlotId& slot, const VaultSecret& vault,
                                     const RegionId& region);

using EpochSecret = OpeningKey<role::Epoch>;

// An epoch is one day's: the day of its bundle, after which its end is counted.
struct DatedEpoch {
  Day day = 0;
  EpochSecret secret;
};
using Epochs = std::vector<DatedEpoch>;
inline constexpr std::size_t granted_epochs_max = 128;

// What makes a device a steward's: a key to sign bundles and rosters, and the root's word for it.
struct Appointment {
  SigningKey<role::Operations> operations;
  Buffer certificate;
};

using Grant = std::variant<Epochs, VaultSecret, Appointment>;

// From one device to another through its box. The signature says which coordinator gave it.
// too_many beyond granted_epochs_max, malformed for none.
Result<Buffer> seal_grant(const Epochs& epochs, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region);
// malformed when the vault key has been destroyed.
Result<Buffer> seal_grant(const VaultSecret& vault, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region);
Result<Buffer> seal_grant(const Appointment& appointment, const Device& to, const DeviceId& from,
                          const SigningKey<role::Device>& signer, const RegionId& region);

// bad_signature unless a coordinator's device that is valid today gave it.
Result<Grant> open_grant(Bytes boxed, const OpeningKey<role::Device>& key, const DeviceId& self,
                         const Roster& roster, Day today, const RegionId& region);

}  // namespace meldpunt::crypto
