// The secrets that a coordinator's device shares with others: epochs, vaults and, on a steward's
// device, the operations key. Its bytes lie on disk under the device's master key (home.h).
//
//   version 1 | count 2 | count times: epoch secret 32 | count 2 | count times: vault version 4,
//   vault key 32, journal key 32 | steward 1 | when 1: operations seed 32, generation 4,
//   certificate with its length 2
#pragma once

#include <optional>
#include <vector>

#include "crypto/vault.h"

namespace meldpunt::client {

// What a steward signs bundles and rosters with.
struct Stewardship {
  crypto::SigningKey<crypto::role::Operations> operations;
  std::uint32_t generation = 1;  // of the newest bundles
  crypto::Buffer certificate;
};

struct Keyring {
  std::vector<crypto::EpochSecret> epochs;
  std::vector<crypto::VaultSecret> vaults;  // rising versions
  std::optional<Stewardship> stewardship;

  [[nodiscard]] const crypto::EpochSecret* epoch(const crypto::EpochId& id) const;
  [[nodiscard]] const crypto::VaultSecret* vault(crypto::VaultVersion version) const;
  [[nodiscard]] const crypto::VaultSecret* newest_vault() const;
  // False when it was there already.
  bool add(crypto::Grant grant);
};

[[nodiscard]] crypto::SecretBuffer encode(const Keyring& keyring);
crypto::Result<Keyring> decode_keyring(crypto::Bytes bytes);

}  // namespace meldpunt::client
