#include "client/lib/steward_keys.h"

#include "client/lib/case_bundles.h"
#include "crypto/key_file.h"

namespace meldpunt::client {

namespace {

crypto::EpochSecret copy_of(const crypto::EpochSecret& secret) {
  return crypto::EpochSecret::from_secret(secret.secret());
}

template <class Secrets>
Outcome<void> put_grant(const Casework& casework, StaffLine& line, const crypto::Device& to,
                        const Secrets& secrets) {
  const Home& home = casework.home();
  const auto& own = home.keys();
  auto grant = crypto::seal_grant(secrets, casework.with_newest_sealing_key(to), own.id,
                                  own.signing, home.pin().region);
  if (!grant) return problem(EX_DATAERR, "the key of '" + to.name + "'", grant.error());
  const auto response = line.ask(
      crypto::Put{crypto::MailboxKind::box, crypto::box_of(to.id), 0, 0, {}, std::move(*grant)});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("give '" + to.name + "' its keys", response->status);
  }
  return {};
}

}  // namespace

Outcome<RootKey> open_root_key(crypto::Bytes file, crypto::Bytes passphrase, const crypto::Pin& pin,
                               WhichRoot which) {
  const auto seed = crypto::unlock_with_passphrase(file, passphrase);
  if (!seed) return problem(EX_NOPERM, "the root key", seed.error());
  if (seed->size() != crypto::signing_seed_size) {
    return problem(EX_DATAERR, "this file holds no root key");
  }
  auto root = RootKey::from_seed(seed->view().first<crypto::signing_seed_size>());
  const bool is_present = root.public_key() == pin.root;
  if (is_present != (root.public_key() == pin.next_root)) {
    if (is_present == (which == WhichRoot::present)) return root;
    return problem(EX_DATAERR,
                   is_present
                       ? "this is the region's present root key: bring the next one"
                       : "this is the region's next root key: bring the present one (root.key)");
  }
  return problem(EX_DATAERR, "this is not the root key of this region");
}

crypto::Appointment appoint(const crypto::DeviceId& steward, std::uint32_t serial, crypto::Day from,
                            const crypto::RegionId& region, const RootKey& root) {
  auto operations = crypto::SigningKey<crypto::role::Operations>::generate();
  auto certificate = crypto::sign_certificate(
      {operations.public_key(), steward, serial, from, from + crypto::operations_days}, region,
      root);
  return {std::move(operations), std::move(certificate)};
}

Outcome<crypto::OperationsCertificate> certificate_of(const Home& home) {
  const auto& stewardship = home.keyring().stewardship;
  if (!stewardship) {
    return problem(EX_NOPERM, "this device is no steward's: only a steward may do this");
  }
  auto certificate = crypto::verify_certificate(stewardship->certificate, home.pin());
  if (!certificate) {
    return problem(EX_CONFIG,
                   "this steward's operations key is not of the present root: run 'steward renew "
                   "--root-key FILE'");
  }
  return *certificate;
}

std::uint32_t next_serial(const Home& home) {
  const auto certificate = certificate_of(home);
  return certificate ? certificate->serial + 1 : 1;
}

crypto::Epochs fresh_epochs(crypto::Day first, crypto::Day last) {
  crypto::Epochs epochs;
  for (crypto::Day day = first; day <= last; ++day) {
    epochs.push_back({day, crypto::EpochSecret::generate()});
  }
  return epochs;
}

FoundingRecord sign_bundle_of(crypto::Day day, std::uint32_t generation,
                              const crypto::SealingKey<crypto::role::Epoch>& team,
                              const BundleFrame& frame, const Stewardship& stewardship,
                              const crypto::Pin& pin) {
  const crypto::Bundle bundle{
      day, generation, crypto::epoch_of(team), team, frame.daemon, frame.endpoints, frame.server};
  return {crypto::MailboxKind::notice, day,
          crypto::sign_bundle(bundle, pin.region, stewardship.certificate, stewardship.operations)};
}

Outcome<void> keep_bundle_list(const Home& home, const std::vector<FoundingRecord>& records) {
  std::vector<IssuedBundle> issued;
  const FoundingRecord* newest = nullptr;
  for (const FoundingRecord& record : records) {
    if (record.kind != crypto::MailboxKind::notice) continue;
    const auto bundle = crypto::verify_bundle(record.bytes, home.pin());
    if (!bundle) return problem(EX_SOFTWARE, "a bundle", bundle.error());
    issued.push_back({bundle->day, bundle->generation, hash_of_bundle(record.bytes)});
    if (newest == nullptr || newest->position < record.position) newest = &record;
  }
  if (newest == nullptr) return {};
  const auto list = encode(issued);
  if (!list) return problem(EX_SOFTWARE, "the list of bundles", list.error());
  if (const auto done = write_durably(home.path() / "newest-bundle", newest->bytes); !done) {
    return pass_on(done.error());
  }
  return write_durably(home.path() / "bundles", list->view());
}

Outcome<std::size_t> give_epochs(const Casework& casework, StaffLine& line,
                                 const crypto::Device& to, const crypto::Epochs& epochs) {
  std::size_t grants = 0;
  for (std::size_t at = 0; at < epochs.size(); at += crypto::granted_epochs_max) {
    crypto::Epochs some;
    for (std::size_t i = at; i < epochs.size() && some.size() < crypto::granted_epochs_max; ++i) {
      some.push_back({epochs[i].day, copy_of(epochs[i].secret)});
    }
    if (const auto given = put_grant(casework, line, to, some); !given) {
      return pass_on(given.error());
    }
    ++grants;
  }
  return grants;
}

Outcome<void> give(const Casework& casework, StaffLine& line, const crypto::Device& to,
                   const crypto::VaultSecret& vault) {
  return put_grant(casework, line, to, vault);
}

Outcome<void> give(const Casework& casework, StaffLine& line, const crypto::Device& to,
                   const crypto::Appointment& appointment) {
  return put_grant(casework, line, to, appointment);
}

crypto::Epochs held_epochs(const Keyring& keyring) {
  crypto::Epochs epochs;
  for (const HeldEpoch& epoch : keyring.epochs) {
    epochs.push_back({epoch.day, copy_of(epoch.secret)});
  }
  return epochs;
}

}  // namespace meldpunt::client
