#include "client/lib/keyring.h"

#include <algorithm>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

using Signing = crypto::SigningKey<crypto::role::Device>;
using Opening = crypto::OpeningKey<crypto::role::Device>;

constexpr std::uint8_t keyring_version = 1;
constexpr crypto::Block<crypto::aead_key_size> no_key{};
constexpr std::size_t own_size = crypto::signing_seed_size + crypto::curve_key_size;
constexpr std::size_t opening_size = crypto::kem_secret_key_size + 4 + 4;
constexpr std::size_t epoch_size = 4 + crypto::kem_secret_key_size;
constexpr std::size_t vault_size = 4 + 1 + 2 * crypto::aead_key_size;

std::size_t size_of(const Keyring& keyring) {
  std::size_t size = 1 + own_size + 1 + keyring.openings.size() * opening_size + 1 + 2 +
                     keyring.epochs.size() * epoch_size + 4 + 4 + 2 +
                     keyring.vaults.size() * vault_size + 1;
  if (keyring.successor) size += own_size + crypto::kem_secret_key_size;
  if (keyring.stewardship) {
    size += crypto::signing_seed_size + 2 + keyring.stewardship->certificate.size();
  }
  return size;
}

// Makes a key of the next 32 bytes, which do not stay anywhere else.
template <class Make>
auto read_key(crypto::Reader& reader, Make make) {
  crypto::Transient<32> secret;
  reader.copy(secret.fill());
  return make(secret.view());
}

Signing read_signing(crypto::Reader& reader) { return read_key(reader, Signing::from_seed); }
Opening read_opening(crypto::Reader& reader) { return read_key(reader, Opening::from_secret); }
crypto::CurveSecret read_curve(crypto::Reader& reader) {
  return read_key(reader, crypto::CurveSecret::from_secret);
}

HeldEpoch hold(crypto::Day day, crypto::EpochSecret secret) {
  const auto id = crypto::epoch_of(secret.public_key());
  return {day, id, std::move(secret)};
}

void read_own(crypto::Reader& reader, Keyring& keyring) {
  auto signing = read_signing(reader);
  keyring.own = OwnKeys{std::move(signing), read_curve(reader)};
  for (std::size_t left = reader.u8(); left > 0 && !reader.failed(); --left) {
    auto key = read_opening(reader);
    const crypto::Day oldest = reader.u32();
    keyring.openings.push_back({std::move(key), oldest, reader.u32()});
  }
  if (reader.u8() != 1) return;
  auto next = read_signing(reader);
  auto opening = read_opening(reader);
  keyring.successor = DeviceKeySet{std::move(next), std::move(opening), read_curve(reader)};
}

void read_epochs(crypto::Reader& reader, Keyring& keyring) {
  for (std::size_t left = reader.u16(); left > 0 && !reader.failed(); --left) {
    const crypto::Day day = reader.u32();
    keyring.epochs.push_back(hold(day, read_key(reader, crypto::EpochSecret::from_secret)));
  }
}

void read_vaults(crypto::Reader& reader, Keyring& keyring) {
  keyring.in_force = reader.u32();
  keyring.floor = reader.u32();
  for (std::size_t left = reader.u16(); left > 0 && !reader.failed(); --left) {
    crypto::VaultSecret vault{reader.u32(), crypto::SymmetricKey(), {}};
    const bool has_key = reader.u8() == 1;
    reader.copy(vault.vault_key->fill());
    if (!has_key) vault.vault_key.reset();
    reader.copy(vault.journal_key.fill());
    keyring.vaults.push_back(std::move(vault));
  }
}

void read_stewardship(crypto::Reader& reader, Keyring& keyring) {
  if (reader.u8() != 1) return;
  auto operations = read_key(reader, crypto::SigningKey<crypto::role::Operations>::from_seed);
  const crypto::Bytes certificate = reader.field();
  keyring.stewardship =
      Stewardship{std::move(operations), {certificate.begin(), certificate.end()}};
}

void write_own(crypto::Writer& writer, const Keyring& keyring) {
  writer.bytes(keyring.own->signing.seed())
      .bytes(keyring.own->curve.secret())
      .u8(static_cast<std::uint8_t>(keyring.openings.size()));
  for (const HeldOpening& opening : keyring.openings) {
    writer.bytes(opening.key.secret()).u32(opening.oldest).u32(opening.replaced);
  }
  writer.u8(keyring.successor ? 1 : 0);
  if (!keyring.successor) return;
  writer.bytes(keyring.successor->signing.seed())
      .bytes(keyring.successor->opening.secret())
      .bytes(keyring.successor->curve.secret());
}

void write_shared(crypto::Writer& writer, const Keyring& keyring) {
  writer.u16(static_cast<std::uint16_t>(keyring.epochs.size()));
  for (const HeldEpoch& epoch : keyring.epochs) writer.u32(epoch.day).bytes(epoch.secret.secret());
  writer.u32(keyring.in_force).u32(keyring.floor);
  writer.u16(static_cast<std::uint16_t>(keyring.vaults.size()));
  for (const auto& vault : keyring.vaults) {
    writer.u32(vault.version).u8(vault.vault_key ? 1 : 0);
    writer.bytes(vault.vault_key ? vault.vault_key->view() : crypto::Bytes(no_key));
    writer.bytes(vault.journal_key.view());
  }
}

void write_stewardship(crypto::Writer& writer, const Keyring& keyring) {
  writer.u8(keyring.stewardship ? 1 : 0);
  if (!keyring.stewardship) return;
  writer.bytes(keyring.stewardship->operations.seed()).field(keyring.stewardship->certificate);
}

}  // namespace

DeviceKeySet DeviceKeySet::generate() {
  return {Signing::generate(), Opening::generate(), crypto::CurveSecret::generate()};
}

DeviceKeySet DeviceKeySet::clone() const {
  return {Signing::from_seed(signing.seed().first<crypto::signing_seed_size>()),
          Opening::from_secret(opening.secret()), crypto::CurveSecret::from_secret(curve.secret())};
}

crypto::Successor DeviceKeySet::public_keys() const {
  return {signing.public_key(), opening.public_key(), curve.public_key()};
}

const crypto::EpochSecret* Keyring::epoch(const crypto::EpochId& id) const {
  const auto found = std::ranges::find(epochs, id, &HeldEpoch::id);
  return found == epochs.end() ? nullptr : &found->secret;
}

const HeldEpoch* Keyring::epoch_of_day(crypto::Day day) const {
  const auto found = std::find_if(epochs.rbegin(), epochs.rend(),
                                  [&](const HeldEpoch& epoch) { return epoch.day == day; });
  return found == epochs.rend() ? nullptr : &*found;
}

const crypto::VaultSecret* Keyring::vault(crypto::VaultVersion version) const {
  const auto found = std::ranges::find(vaults, version, &crypto::VaultSecret::version);
  return found == vaults.end() ? nullptr : &*found;
}

const crypto::VaultSecret* Keyring::newest_vault() const { return vault(in_force); }

const crypto::VaultSecret* Keyring::candidate() const {
  const auto* next = vault(in_force + 1);
  return next != nullptr && next->vault_key ? next : nullptr;
}

bool Keyring::add(crypto::VaultSecret granted) {
  if (granted.version < floor) granted.vault_key.reset();
  for (auto& known : vaults) {
    if (known.version != granted.version ||
        !crypto::same_secret(known.journal_key.view(), granted.journal_key.view())) {
      continue;
    }
    if (known.vault_key || !granted.vault_key) return false;
    known.vault_key = std::move(granted.vault_key);
    return true;
  }
  // The region's first is made, never changed to.
  if (granted.version == 1 && in_force == 0) in_force = 1;
  const auto after =
      std::ranges::upper_bound(vaults, granted.version, {}, &crypto::VaultSecret::version);
  vaults.insert(after, std::move(granted));
  return true;
}

bool Keyring::add(crypto::Day day, crypto::EpochSecret secret) {
  HeldEpoch held = hold(day, std::move(secret));
  if (epoch(held.id) != nullptr) return false;
  epochs.push_back(std::move(held));
  return true;
}

bool Keyring::settle(crypto::VaultVersion version, const crypto::SymmetricKey& journal_key) {
  const auto others = std::erase_if(vaults, [&](const crypto::VaultSecret& vault) {
    return vault.version == version &&
           !crypto::same_secret(vault.journal_key.view(), journal_key.view());
  });
  const bool newer = version > in_force;
  in_force = std::max(in_force, version);
  return newer || others > 0;
}

bool Keyring::holds_vault_key_below(crypto::VaultVersion version) const {
  return std::ranges::any_of(vaults, [&](const crypto::VaultSecret& vault) {
    return vault.version < version && vault.vault_key;
  });
}

bool Keyring::destroy_vault_keys_below(crypto::VaultVersion version) {
  const bool changes = holds_vault_key_below(version) || floor < version;
  floor = std::max(floor, version);
  for (auto& vault : vaults) {
    if (vault.version < version) vault.vault_key.reset();
  }
  return changes;
}

bool Keyring::add(crypto::Grant grant) {
  if (auto* granted = std::get_if<crypto::Epochs>(&grant)) {
    bool fresh = false;
    for (auto& [day, secret] : *granted) fresh = add(day, std::move(secret)) || fresh;
    return fresh;
  }
  if (auto* granted = std::get_if<crypto::Appointment>(&grant)) {
    if (stewardship && stewardship->certificate == granted->certificate) return false;
    stewardship = Stewardship{std::move(granted->operations), std::move(granted->certificate)};
    return true;
  }
  return add(std::move(std::get<crypto::VaultSecret>(grant)));
}

void Keyring::close(const std::vector<crypto::EpochId>& closed) {
  const auto goes = [&](const HeldEpoch& epoch) {
    return std::ranges::find(closed, epoch.id) != closed.end();
  };
  crypto::Day newest = HeldOpening::none;
  for (const HeldEpoch& epoch : epochs) {
    if (goes(epoch)) newest = std::max(newest, epoch.day);
  }
  std::erase_if(epochs, goes);
  std::erase_if(openings, [&](const HeldOpening& opening) {
    return opening.replaced != HeldOpening::none && opening.oldest != HeldOpening::none &&
           opening.oldest <= newest;
  });
}

bool Keyring::forget_replaced(crypto::Day today) {
  return std::erase_if(openings, [&](const HeldOpening& opening) {
           return opening.replaced != HeldOpening::none &&
                  opening.replaced + replaced_key_days < today;
         }) > 0;
}

void Keyring::note_opened(const crypto::SealingKey<crypto::role::Device>& key,
                          const crypto::Epochs& granted) {
  const auto found = std::ranges::find_if(
      openings, [&](const HeldOpening& opening) { return opening.key.public_key() == key; });
  if (found == openings.end()) return;
  for (const crypto::DatedEpoch& epoch : granted) {
    if (found->oldest == HeldOpening::none || epoch.day < found->oldest) found->oldest = epoch.day;
  }
}

crypto::SecretBuffer encode(const Keyring& keyring) {
  crypto::SecretBuffer bytes(size_of(keyring));
  crypto::Writer writer(bytes.fill());
  writer.u8(keyring_version);
  write_own(writer, keyring);
  write_shared(writer, keyring);
  write_stewardship(writer, keyring);
  return bytes;
}

crypto::Result<Keyring> decode_keyring(crypto::Bytes bytes) {
  crypto::Reader reader(bytes);
  if (reader.u8() != keyring_version) return crypto::fail(crypto::Error::malformed);
  Keyring keyring;
  read_own(reader, keyring);
  read_epochs(reader, keyring);
  read_vaults(reader, keyring);
  read_stewardship(reader, keyring);
  if (!reader.finished()) return crypto::fail(crypto::Error::malformed);
  return keyring;
}

}  // namespace meldpunt::client
