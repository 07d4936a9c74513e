#include "client/lib/vault_renewal.h"

#include "client/lib/recovery.h"

namespace meldpunt::client {

namespace {

// The secret to change to; kept before anything is told of it.
Outcome<crypto::VaultSecret> next_secret(Home& home) {
  const auto kept = home.change_keyring([](Keyring& keyring) {
    if (keyring.candidate() != nullptr) return false;
    return keyring.add(crypto::VaultSecret::generate(keyring.in_force + 1));
  });
  if (!kept) return pass_on(kept.error());
  return home.keyring().candidate()->clone();
}

Outcome<crypto::SecretBuffer> first_content(const Keyring& keyring) {
  const auto* before = keyring.newest_vault();
  auto content = crypto::encode(crypto::VaultChanged{before->version, before->journal_key.clone()});
  if (!content) return problem(EX_SOFTWARE, "the change of the vault", content.error());
  return std::move(*content);
}

}  // namespace

Outcome<std::size_t> grant_vault(const Casework& casework, StaffLine& line,
                                 const crypto::VaultSecret& vault, crypto::Day today) {
  const Home& home = casework.home();
  const DeviceKeys& own = home.keys();
  std::size_t given = 0;
  for (const crypto::Device& listed : casework.rosters().newest().devices) {
    const crypto::Device device = casework.with_newest_sealing_key(listed);
    if (device.role != crypto::DeviceRole::coordinator || device.id == own.id ||
        !device.valid_on(today)) {
      continue;
    }
    auto grant = crypto::seal_grant(vault, device, own.id, own.signing, home.pin().region);
    if (!grant)
      return problem(EX_DATAERR, "the key of device '" + device.name + "'", grant.error());
    const auto response = line.ask(crypto::Put{
        crypto::MailboxKind::box, crypto::box_of(device.id), 0, 0, {}, std::move(*grant)});
    if (!response) return pass_on(response.error());
    if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
      return unexpected_status("give a device the new vault", response->status);
    }
    ++given;
  }
  return given;
}

namespace {

// Given to all before it is written: who reads the event has the secret.
Outcome<std::optional<Draft>> next_vault(Home& home, Casework& casework, StaffLine& line,
                                         crypto::Hour hour) {
  if (const auto fresh = casework.refresh_rosters(); !fresh) return pass_on(fresh.error());
  auto secret = next_secret(home);
  if (!secret) return pass_on(secret.error());
  const auto given = grant_vault(casework, line, *secret, crypto::day_of(hour));
  if (!given) return pass_on(given.error());
  if (const auto kept = keep_recovery(home, casework, line); !kept) return pass_on(kept.error());
  auto content = first_content(home.keyring());
  if (!content) return pass_on(content.error());
  return Draft{crypto::EventKind::vault, {}, std::move(*content), std::nullopt, std::move(*secret)};
}

}  // namespace

Outcome<VaultRenewed> renew_vault(Home& home, Casework& casework, StaffLine& line,
                                  std::chrono::seconds now, VaultReason reason) {
  if (const auto synced = casework.sync(); !synced) return pass_on(synced.error());
  const crypto::Hour hour = hour_of(now);
  const crypto::VaultVersion before = home.keyring().in_force;
  if (before == 0) {
    return problem(EX_CONFIG,
                   "this device does not have the vault key yet: have the steward enrol it");
  }
  if (reason == VaultReason::when_due && !casework.vault_history().is_due(hour)) {
    return VaultRenewed{false, before};
  }
  const auto changed = casework.append([&]() -> Outcome<std::optional<Draft>> {
    if (home.keyring().in_force > before) return std::nullopt;
    return next_vault(home, casework, line, hour);
  });
  if (!changed) return pass_on(changed.error());
  if (const auto caught_up = casework.sync(); !caught_up) return pass_on(caught_up.error());
  return VaultRenewed{*changed, home.keyring().in_force};
}

}  // namespace meldpunt::client
