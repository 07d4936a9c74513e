// The secrets of a device that change while it is enrolled: its own keys, and what it shares with
// other coordinators' devices. Its bytes lie on disk under the device's master key (home.h).
//
//   version 1 | own: signing seed 32, connection secret 32 |
//   count 1 | count times: opening secret 32, oldest day 4, replaced day 4 |
//   successor 1 | when 1: signing seed 32, opening secret 32, connection secret 32 |
//   count 2 | count times: day 4, epoch secret 32 |
//   vault in force 4 | vault floor 4 |
//   count 2 | count times: vault version 4, has its vault key 1, vault key 32, journal key 32 |
//   steward 1 | when 1: operations seed 32, certificate with its length 2
//
// What a secret opens can be opened by whoever kept a copy of the sealed bytes. So an opening key
// goes no later than the first of the secrets that came under it (close()).
//
// A vault secret that was made or granted is a candidate until the journal's event says that it is
// in force: two devices may change the vault at once, and the journal decides between them.
#pragma once

#include <optional>
#include <vector>

#include "crypto/successor.h"
#include "crypto/vault.h"

namespace meldpunt::client {

// Days after its own for which an epoch's secret is kept, whatever the intake holds.
inline constexpr crypto::Day epoch_days_kept = 14;
// How long a sealing key that was replaced still opens what was on its way.
inline constexpr crypto::Day replaced_key_days = 14;

// What a device is known by.
struct DeviceKeySet {
  crypto::SigningKey<crypto::role::Device> signing;
  crypto::OpeningKey<crypto::role::Device> opening;
  crypto::CurveSecret curve;

  [[nodiscard]] static DeviceKeySet generate();
  [[nodiscard]] DeviceKeySet clone() const;
  [[nodiscard]] crypto::Successor public_keys() const;
};

struct OwnKeys {
  crypto::SigningKey<crypto::role::Device> signing;
  crypto::CurveSecret curve;
};

// One of the keys that others seal to. The last in the keyring is the newest.
struct HeldOpening {
  static constexpr crypto::Day none = 0;

  crypto::OpeningKey<crypto::role::Device> key;
  crypto::Day oldest = none;    // of the epochs whose secrets came under it
  crypto::Day replaced = none;  // since when others know a newer one
};

struct HeldEpoch {
  crypto::Day day = 0;
  crypto::EpochId id;
  crypto::EpochSecret secret;
};

// What a steward signs bundles and rosters with.
struct Stewardship {
  crypto::SigningKey<crypto::role::Operations> operations;
  crypto::Buffer certificate;
};

struct Keyring {
  std::optional<OwnKeys> own;  // absent only before the device is made
  std::vector<HeldOpening> openings;
  std::optional<DeviceKeySet> successor;  // not yet in the roster
  std::vector<HeldEpoch> epochs;
  std::vector<crypto::VaultSecret> vaults;  // rising versions; of one version what came first
  crypto::VaultVersion in_force = 0;        // the newest that the journal has told of
  crypto::VaultVersion floor = 0;           // vault keys of versions below never come back
  std::optional<Stewardship> stewardship;

  [[nodiscard]] const crypto::EpochSecret* epoch(const crypto::EpochId& id) const;
  // The newest that was made or granted for the day.
  [[nodiscard]] const HeldEpoch* epoch_of_day(crypto::Day day) const;
  [[nodiscard]] const crypto::VaultSecret* vault(crypto::VaultVersion version) const;
  // The one that everything new is sealed under; null before the journal was read.
  [[nodiscard]] const crypto::VaultSecret* newest_vault() const;
  // The first that was made or granted for the version after the one in force; null without.
  [[nodiscard]] const crypto::VaultSecret* candidate() const;
  // The journal says that this version, with this journal key, is in force: other candidates go.
  bool settle(crypto::VaultVersion version, const crypto::SymmetricKey& journal_key);
  // There is a vault key of a version below that one.
  [[nodiscard]] bool holds_vault_key_below(crypto::VaultVersion version) const;
  // No slot names a version below that one any more: their vault keys go for ever.
  bool destroy_vault_keys_below(crypto::VaultVersion version);

  // Each: false when it was there already.
  bool add(crypto::Day day, crypto::EpochSecret secret);
  bool add(crypto::VaultSecret vault);  // below the floor only the journal key is kept
  bool add(crypto::Grant grant);

  // The epochs' secrets go, and with them every replaced opening key under which one of them, or an
  // older one, came.
  void close(const std::vector<crypto::EpochId>& epochs);
  // Replaced opening keys whose time is over go. True when one did.
  bool forget_replaced(crypto::Day today);
  // A grant of these came under that key.
  void note_opened(const crypto::SealingKey<crypto::role::Device>& key,
                   const crypto::Epochs& epochs);
};

[[nodiscard]] crypto::SecretBuffer encode(const Keyring& keyring);
crypto::Result<Keyring> decode_keyring(crypto::Bytes bytes);

}  // namespace meldpunt::client
