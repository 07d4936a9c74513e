#include "client/lib/recovery.h"

#include <algorithm>

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t kept_size = crypto::recovery_certificate_size + crypto::Hash::size;

Path recovery_path(const Home& home) { return home.path() / "recovery"; }

struct Kept {
  crypto::Buffer certificate;  // empty: this device knows of no paper
  crypto::Hash sealed;         // hash of the secrets that were sealed last
};

Outcome<Kept> read_kept(const Home& home) {
  const auto bytes = read_file(recovery_path(home), kept_size);
  if (!bytes && bytes.error().exit_code == EX_NOINPUT) return Kept{};
  if (!bytes) return pass_on(bytes.error());
  crypto::Reader reader(*bytes);
  const crypto::Bytes certificate = reader.bytes(crypto::recovery_certificate_size);
  Kept kept;
  kept.certificate.assign(certificate.begin(), certificate.end());
  kept.sealed = reader.id<crypto::Hash>();
  if (!reader.finished()) {
    return problem(EX_DATAERR, recovery_path(home).string() + " is damaged: remove it");
  }
  return kept;
}

Outcome<void> write_kept(const Home& home, const Kept& kept) {
  crypto::Buffer bytes(kept_size);
  crypto::Writer(bytes).bytes(kept.certificate).bytes(kept.sealed.view());
  return write_durably(recovery_path(home), bytes);
}

crypto::RecoverySecrets secrets_of(const Keyring& keyring) {
  crypto::RecoverySecrets secrets;
  for (const auto& vault : keyring.vaults) {
    if (vault.vault_key) secrets.vaults.push_back(vault.clone());
  }
  for (const auto& epoch : keyring.epochs) {
    secrets.epochs.push_back({epoch.day, crypto::EpochSecret::from_secret(epoch.secret.secret())});
  }
  return secrets;
}

crypto::Hash hash_of(const crypto::RecoverySecrets& secrets) {
  crypto::Hash sum;
  const auto add = [&](crypto::Bytes secret) {
    sum = crypto::hash("recovery secrets", {sum.view(), secret});
  };
  for (const auto& vault : secrets.vaults) {
    add(vault.vault_key->view());
    add(vault.journal_key.view());
  }
  for (const auto& epoch : secrets.epochs) add(epoch.secret.secret());
  return sum;
}

struct Slot {
  std::uint64_t position = 0;  // 0: there is none
  crypto::Buffer object;
};

Outcome<Slot> read_slot(const Home& home, StaffLine& line) {
  const auto name = crypto::recovery_slot(home.pin().region).bytes;
  auto response = line.ask(crypto::Get{crypto::MailboxKind::slot, name, 0});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::nothing) return Slot{};
  if (response->status != crypto::Status::ok) {
    return unexpected_status("read what is kept for the paper", response->status);
  }
  return Slot{response->position, std::move(response->payload)};
}

// The newer of the certificate in the home and the one on the server.
Outcome<void> learn_certificate(const Home& home, const Slot& slot, Kept& kept) {
  if (slot.position == 0) return {};
  const auto head = crypto::read_recovery_head(slot.object);
  const auto there = head ? crypto::verify_recovery_certificate(head->certificate, home.pin())
                          : crypto::Result<crypto::RecoveryCertificate>(crypto::fail(head.error()));
  if (!there) return {};  // not of our root: what we know of is put over it
  const auto here = crypto::verify_recovery_certificate(kept.certificate, home.pin());
  if (here && here->serial >= there->serial) return {};
  kept = {head->certificate, {}};
  return write_kept(home, kept);
}

// Sealed for the paper, into its slot; false when another device was first.
Outcome<bool> put_recovery(const Home& home, const Casework& casework, StaffLine& line,
                           const crypto::RecoverySecrets& secrets, crypto::Bytes certificate,
                           std::uint64_t position) {
  auto object = crypto::seal_recovery(secrets, certificate, home.pin(), home.keys().id,
                                      casework.hour(), home.keys().signing);
  if (!object) return problem(EX_DATAERR, "what is kept for the paper", object.error());
  const auto name = crypto::recovery_slot(home.pin().region).bytes;
  const auto response =
      line.ask(crypto::Put{crypto::MailboxKind::slot, name, position, 0, {}, std::move(*object)});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::conflict) return false;
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("keep the secrets for the paper", response->status);
  }
  return true;
}

}  // namespace

Outcome<Paper> make_paper(const crypto::SigningKey<crypto::role::Root>& root,
                          const crypto::RegionId& region, std::uint32_t serial,
                          crypto::PassphraseCost cost) {
  Paper paper{crypto::PaperCode::generate(), {}};
  const auto key = crypto::recovery_key(paper.code, region, cost);
  if (!key) return problem(EX_OSERR, "the recovery code", key.error());
  paper.certificate = crypto::sign_recovery_certificate({serial, key->public_key()}, region, root);
  return paper;
}

Outcome<std::uint32_t> paper_serial(const Home& home) {
  const auto kept = read_kept(home);
  if (!kept) return pass_on(kept.error());
  const auto certificate = crypto::verify_recovery_certificate(kept->certificate, home.pin());
  return certificate ? certificate->serial : 0;
}

bool paper_is_outdated(const Home& home) {
  const auto kept = read_kept(home);
  return kept && !kept->certificate.empty() &&
         !crypto::verify_recovery_certificate(kept->certificate, home.pin());
}

Outcome<void> keep_certificate(const Home& home, crypto::Bytes certificate) {
  return write_kept(home, {{certificate.begin(), certificate.end()}, {}});
}

// The slot is read before the box: whoever was first there had granted what it sealed, so that it
// is collected here and not lost.
Outcome<void> keep_recovery(const Home& home, Casework& casework, StaffLine& line) {
  auto kept = read_kept(home);
  if (!kept) return pass_on(kept.error());
  for (;;) {
    const auto slot = read_slot(home, line);
    if (!slot) return pass_on(slot.error());
    if (const auto known = learn_certificate(home, *slot, *kept); !known) {
      return pass_on(known.error());
    }
    if (!crypto::verify_recovery_certificate(kept->certificate, home.pin())) return {};
    if (const auto collected = casework.collect_grants(); !collected) {
      return pass_on(collected.error());
    }
    const auto secrets = secrets_of(home.keyring());
    const auto put =
        put_recovery(home, casework, line, secrets, kept->certificate, slot->position + 1);
    if (!put) return pass_on(put.error());
    if (!*put) continue;
    kept->sealed = hash_of(secrets);
    return write_kept(home, *kept);
  }
}

Outcome<void> keep_recovery_if_changed(const Home& home, Casework& casework, StaffLine& line) {
  const auto kept = read_kept(home);
  if (!kept) return pass_on(kept.error());
  if (kept->certificate.empty() || kept->sealed == hash_of(secrets_of(home.keyring()))) return {};
  return keep_recovery(home, casework, line);
}

Outcome<Recovered> recover_secrets(Home& home, Casework& casework, StaffLine& line,
                                   const crypto::PaperCode& code, crypto::PassphraseCost cost) {
  if (const auto fresh = casework.refresh_rosters(); !fresh) return pass_on(fresh.error());
  const auto slot = read_slot(home, line);
  if (!slot) return pass_on(slot.error());
  if (slot->position == 0) {
    return problem(EX_NOINPUT,
                   "the server keeps nothing for a paper of this region: restore a newer backup, "
                   "or have another coordinator's device enrol this one");
  }
  const auto head = crypto::read_recovery_head(slot->object);
  if (!head) return problem(EX_DATAERR, "what the server keeps for the paper", head.error());
  const auto key = crypto::recovery_key(code, home.pin().region, cost);
  if (!key) return problem(EX_OSERR, "the recovery code", key.error());
  // The words say whose paper it is; the root that signed it may have been replaced since.
  if (key->public_key() != head->key) {
    return problem(EX_DATAERR,
                   "these are the words of another paper of this region: take the newest one");
  }
  // Whoever wrote it may have renewed its keys in that hour.
  crypto::Result<crypto::RecoverySecrets> secrets = crypto::fail(crypto::Error::bad_signature);
  for (const auto& writer : casework.rosters().writers(head->from, head->hour)) {
    secrets = crypto::open_recovery(slot->object, *key, writer, home.pin().region);
    if (secrets) break;
  }
  if (!secrets) {
    return problem(EX_DATAERR, "what the server keeps for the paper", secrets.error());
  }
  Recovered recovered{secrets->vaults.size(), secrets->epochs.size(), head->hour};
  const auto kept = home.change_keyring([&](Keyring& keyring) {
    for (auto& vault : secrets->vaults) keyring.add(std::move(vault));
    keyring.add(crypto::Grant(std::move(secrets->epochs)));
    return true;
  });
  if (!kept) return pass_on(kept.error());
  if (const auto done = keep_certificate(home, head->certificate); !done) {
    return pass_on(done.error());
  }
  return recovered;
}

}  // namespace meldpunt::client
