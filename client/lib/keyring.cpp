#include "client/lib/keyring.h"

#include <algorithm>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::uint8_t keyring_version = 1;
constexpr std::size_t vault_size = 4 + 2 * crypto::aead_key_size;

std::size_t size_of(const Keyring& keyring) {
  std::size_t size = 1 + 2 + keyring.epochs.size() * crypto::kem_secret_key_size + 2 +
                     keyring.vaults.size() * vault_size + 1;
  if (keyring.stewardship) {
    size += crypto::signing_seed_size + 4 + 2 + keyring.stewardship->certificate.size();
  }
  return size;
}

crypto::EpochSecret read_epoch(crypto::Reader& reader) {
  crypto::Transient<crypto::kem_secret_key_size> secret;
  reader.copy(secret.fill());
  return crypto::EpochSecret::from_secret(secret.view());
}

Stewardship read_stewardship(crypto::Reader& reader) {
  crypto::Transient<crypto::signing_seed_size> seed;
  reader.copy(seed.fill());
  Stewardship stewardship{
      crypto::SigningKey<crypto::role::Operations>::from_seed(seed.view()), reader.u32(), {}};
  const crypto::Bytes certificate = reader.field();
  stewardship.certificate.assign(certificate.begin(), certificate.end());
  return stewardship;
}

}  // namespace

const crypto::EpochSecret* Keyring::epoch(const crypto::EpochId& id) const {
  const auto found = std::ranges::find_if(epochs, [&](const crypto::EpochSecret& secret) {
    return crypto::epoch_of(secret.public_key()) == id;
  });
  return found == epochs.end() ? nullptr : &*found;
}

const crypto::VaultSecret* Keyring::vault(crypto::VaultVersion version) const {
  const auto found = std::ranges::find(vaults, version, &crypto::VaultSecret::version);
  return found == vaults.end() ? nullptr : &*found;
}

const crypto::VaultSecret* Keyring::newest_vault() const {
  return vaults.empty() ? nullptr : &vaults.back();
}

bool Keyring::add(crypto::Grant grant) {
  if (auto* granted = std::get_if<crypto::EpochSecret>(&grant)) {
    if (epoch(crypto::epoch_of(granted->public_key())) != nullptr) return false;
    epochs.push_back(std::move(*granted));
    return true;
  }
  auto& granted = std::get<crypto::VaultSecret>(grant);
  if (vault(granted.version) != nullptr) return false;
  vaults.push_back(std::move(granted));
  std::ranges::sort(vaults, {}, &crypto::VaultSecret::version);
  return true;
}

crypto::SecretBuffer encode(const Keyring& keyring) {
  crypto::SecretBuffer bytes(size_of(keyring));
  crypto::Writer writer(bytes.fill());
  writer.u8(keyring_version).u16(static_cast<std::uint16_t>(keyring.epochs.size()));
  for (const auto& epoch : keyring.epochs) writer.bytes(epoch.secret());
  writer.u16(static_cast<std::uint16_t>(keyring.vaults.size()));
  for (const auto& vault : keyring.vaults) {
    writer.u32(vault.version).bytes(vault.vault_key.view()).bytes(vault.journal_key.view());
  }
  writer.u8(keyring.stewardship ? 1 : 0);
  if (keyring.stewardship) {
    writer.bytes(keyring.stewardship->operations.seed())
        .u32(keyring.stewardship->generation)
        .field(keyring.stewardship->certificate);
  }
  return bytes;
}

crypto::Result<Keyring> decode_keyring(crypto::Bytes bytes) {
  crypto::Reader reader(bytes);
  if (reader.u8() != keyring_version) return crypto::fail(crypto::Error::malformed);
  Keyring keyring;
  for (std::size_t left = reader.u16(); left > 0 && !reader.failed(); --left) {
    keyring.epochs.push_back(read_epoch(reader));
  }
  for (std::size_t left = reader.u16(); left > 0 && !reader.failed(); --left) {
    crypto::VaultSecret vault{reader.u32(), {}, {}};
    reader.copy(vault.vault_key.fill());
    reader.copy(vault.journal_key.fill());
    keyring.vaults.push_back(std::move(vault));
  }
  if (reader.u8() == 1) keyring.stewardship = read_stewardship(reader);
  if (!reader.finished()) return crypto::fail(crypto::Error::malformed);
  return keyring;
}

}  // namespace meldpunt::client
