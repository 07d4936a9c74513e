#include "client/lib/renewal.h"

#include <algorithm>
#include <filesystem>

#include "client/lib/recovery.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_file = std::size_t{1} << 20;

crypto::Day last_day_ahead(crypto::Day today) { return today + crypto::bundle_days_ahead - 1; }

Path renewal_path(const Home& home) { return home.path() / "renewal"; }
Path departure_path(const Home& home) { return home.path() / "departure"; }

Outcome<crypto::Response> get_notice(StaffLine& line, std::uint64_t day) {
  auto response = line.ask(crypto::Get{crypto::MailboxKind::notice, {}, day});
  if (!response) return response;
  if (response->status != crypto::Status::ok && response->status != crypto::Status::nothing) {
    return unexpected_status("read a bundle", response->status);
  }
  return response;
}

// ---- what bundles are made after

Outcome<DaemonPublic> daemon_in(crypto::Bytes bundle_bytes, const Home& home) {
  const auto bundle = crypto::verify_bundle(bundle_bytes, home.pin());
  if (!bundle) {
    return problem(EX_CONFIG,
                   "no earlier bundle names the server's keys: give its daemon.public with "
                   "--daemon-public");
  }
  return DaemonPublic{bundle->daemon, bundle->server};
}

BundleFrame frame_of(const crypto::VerifyKey<crypto::role::Daemon>& daemon, const Home& home) {
  return {daemon, home.pin().endpoints, home.pin().server};
}

Outcome<BundleFrame> frame_of_server(StaffLine& line, const Home& home,
                                     const RenewalWishes& wishes) {
  if (wishes.daemon != nullptr) return frame_of(wishes.daemon->signing, home);
  const auto none = get_notice(line, 0);
  if (!none) return pass_on(none.error());
  const auto newest = get_notice(line, none->position);
  if (!newest) return pass_on(newest.error());
  const auto daemon = daemon_in(newest->payload, home);
  if (!daemon) return pass_on(daemon.error());
  return frame_of(daemon->signing, home);
}

Outcome<BundleFrame> frame_of_home(const Home& home, const RenewalWishes& wishes) {
  if (wishes.daemon != nullptr) return frame_of(wishes.daemon->signing, home);
  const auto daemon = daemon_of_newest_bundle(home);
  if (!daemon) return pass_on(daemon.error());
  return frame_of(daemon->signing, home);
}

// ---- what is made

struct Plan {
  std::vector<crypto::Day> days;
  std::uint32_t generation = 1;
  BundleFrame frame;
};

std::uint32_t generation_for(const CaseIndex& index, const std::vector<crypto::Day>& days) {
  const bool again =
      std::ranges::any_of(days, [&](crypto::Day day) { return index.bundle_of(day) != nullptr; });
  return std::max<std::uint32_t>(1, index.highest_bundle_generation() + (again ? 1 : 0));
}

// The secrets, then the bundles, on the disk; returns the bundles.
Outcome<std::vector<FoundingRecord>> make_bundles(Home& home, const Plan& plan) {
  crypto::Epochs epochs;
  for (const crypto::Day day : plan.days) {
    epochs.push_back({day, crypto::EpochSecret::generate()});
  }
  std::vector<FoundingRecord> records;
  for (const auto& [day, secret] : epochs) {
    records.push_back(sign_bundle_of(day, plan.generation, secret.public_key(), plan.frame,
                                     *home.keyring().stewardship, home.pin()));
  }
  const auto kept = home.change_keyring(
      [&](Keyring& keyring) { return keyring.add(crypto::Grant(std::move(epochs))); });
  if (!kept) return pass_on(kept.error());
  if (const auto done = write_durably(renewal_path(home), encode(records)); !done) {
    return pass_on(done.error());
  }
  return records;
}

// No bundle outlives the key that signs it.
std::vector<crypto::Day> covered(std::vector<crypto::Day> days,
                                 const crypto::OperationsCertificate& certificate,
                                 Renewed& renewed) {
  renewed.certificate_until = certificate.until;
  renewed.cut_short =
      std::erase_if(days, [&](crypto::Day day) { return day > certificate.until; }) > 0;
  return days;
}

std::vector<crypto::Day> days_between(crypto::Day first, crypto::Day last) {
  std::vector<crypto::Day> days;
  for (crypto::Day day = first; day <= last; ++day) days.push_back(day);
  return days;
}

Outcome<std::vector<crypto::Day>> days_without(StaffLine& line, crypto::Day today) {
  std::vector<crypto::Day> days;
  for (crypto::Day day = today; day <= last_day_ahead(today); ++day) {
    const auto there = get_notice(line, day);
    if (!there) return pass_on(there.error());
    if (there->status == crypto::Status::nothing) days.push_back(day);
  }
  return days;
}

// ---- what is finished

Outcome<void> grant_to_colleagues(const Casework& casework, StaffLine& line,
                                  const crypto::Epochs& epochs, crypto::Day today,
                                  Renewed& renewed) {
  for (const crypto::Device& device : casework.rosters().newest().devices) {
    if (device.id == casework.home().keys().id || !device.valid_on(today) ||
        device.role != crypto::DeviceRole::coordinator) {
      continue;
    }
    const auto given = give_epochs(casework, line, device, epochs);
    if (!given) return pass_on(given.error());
    renewed.grants += *given;
  }
  return {};
}

// A running daemon can sign for the keys of its own only.
Outcome<void> daemon_has_keys_of(StaffLine& line, const crypto::Bundle& bundle) {
  const auto notice = line.notice();
  if (!notice) return pass_on(notice.error());
  if ((*notice)->bundle.daemon == bundle.daemon) return {};
  return problem(EX_TEMPFAIL,
                 "the daemon does not run with its new keys yet: have the operator start it with "
                 "them and with the file that 'steward renew --out' wrote, and run this again");
}

// False when another steward was first for that day.
Outcome<bool> put_bundle(StaffLine& line, const FoundingRecord& record) {
  const auto response =
      line.ask(crypto::Put{crypto::MailboxKind::notice, {}, record.position, 0, {}, record.bytes});
  if (!response) return pass_on(response.error());
  if (response->status == crypto::Status::conflict) return false;
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("publish a bundle", response->status);
  }
  return true;
}

Outcome<crypto::Epochs> secrets_of(const std::vector<FoundingRecord>& records, const Home& home,
                                   StaffLine& line) {
  crypto::Epochs epochs;
  for (const FoundingRecord& record : records) {
    const auto bundle = crypto::verify_bundle(record.bytes, home.pin());
    if (!bundle) return problem(EX_DATAERR, renewal_path(home).string(), bundle.error());
    if (const auto fits = daemon_has_keys_of(line, *bundle); !fits) return pass_on(fits.error());
    if (const auto* secret = home.keyring().epoch(bundle->epoch)) {
      epochs.push_back({bundle->day, crypto::EpochSecret::from_secret(secret->secret())});
    }
  }
  return epochs;
}

// Colleagues and the paper have the secrets before anybody seals to them.
Outcome<void> finish(Home& home, Casework& casework, StaffLine& line, crypto::Day today,
                     Renewed& renewed) {
  const auto file = read_file(renewal_path(home), longest_file);
  if (!file && file.error().exit_code == EX_NOINPUT) return {};
  if (!file) return pass_on(file.error());
  auto records = read_founding_file(*file);
  if (!records) return pass_on(records.error());
  const auto epochs = secrets_of(*records, home, line);
  if (!epochs) return pass_on(epochs.error());
  if (const auto given = grant_to_colleagues(casework, line, *epochs, today, renewed); !given) {
    return pass_on(given.error());
  }
  if (const auto kept = keep_recovery(home, casework, line); !kept) return pass_on(kept.error());
  std::vector<FoundingRecord> issued;
  for (FoundingRecord& record : *records) {
    const auto put = put_bundle(line, record);
    if (!put) return pass_on(put.error());
    renewed.somebody_else = renewed.somebody_else || !*put;
    if (*put) issued.push_back(std::move(record));
  }
  renewed.bundles += issued.size();
  if (const auto kept = keep_bundle_list(home, issued); !kept) return pass_on(kept.error());
  if (const auto synced = casework.sync(); !synced) return pass_on(synced.error());
  std::error_code ignored;  // what is left there is put again, and found the same
  std::filesystem::remove(renewal_path(home), ignored);
  return {};
}

// ---- the operations key

Outcome<void> certify(Home& home, const RootKey& root, crypto::Day today) {
  if (!home.keyring().stewardship) {
    return problem(EX_NOPERM, "this device is no steward's: only a steward may do this");
  }
  // From yesterday: the bundle of a region's yesterday may have to be issued again.
  auto made = appoint(home.keys().id, next_serial(home), today - 1, home.pin().region, root);
  return home.change_keyring([&](Keyring& keyring) {
    keyring.stewardship = Stewardship{std::move(made.operations), std::move(made.certificate)};
    return true;
  });
}

Outcome<void> confirm(Home& home, Casework& casework, StaffLine& line,
                      const std::vector<WaitingSuccessor>& successors, std::chrono::seconds now,
                      Renewed& renewed) {
  if (successors.empty()) return {};
  const auto change = [&](crypto::Roster& roster) {
    for (crypto::Device& device : roster.devices) {
      const auto found = std::ranges::find_if(
          successors, [&](const WaitingSuccessor& next) { return next.device.id == device.id; });
      if (found == successors.end() || found->keys.signing == device.signing) continue;
      device.signing = found->keys.signing;
      device.sealing = found->keys.sealing;
      device.curve = found->keys.curve;
      device.from = day_of(now) - 1;
      device.until = device.from + lifetime(device.role);
      ++renewed.confirmed;
    }
    return renewed.confirmed > 0;
  };
  return issue_roster(home, casework, line, change, now);
}

// A wrong clock would date bundles, certificates and rosters wrongly, for weeks.
Outcome<void> clock_is_right(const StaffLine& line) {
  if (!line.notices().clock_is_off()) return {};
  return problem(EX_CONFIG,
                 "this device's clock and the server's differ by more than a quarter of an hour: "
                 "set this device's clock; if it is right, tell the operator");
}

Outcome<Renewed> issue_again(Home& home, Casework& casework, StaffLine& line, crypto::Day first,
                             const RenewalWishes& wishes, crypto::Day today) {
  Renewed renewed;
  const auto certificate = certificate_of(home);
  if (!certificate) return pass_on(certificate.error());
  auto frame = frame_of_server(line, home, wishes);
  if (!frame) return pass_on(frame.error());
  Plan plan{covered(days_between(first, last_day_ahead(today)), *certificate, renewed), 1,
            std::move(*frame)};
  plan.generation = casework.index().highest_bundle_generation() + 1;
  if (const auto made = make_bundles(home, plan); !made) return pass_on(made.error());
  if (const auto done = finish(home, casework, line, today, renewed); !done) {
    return pass_on(done.error());
  }
  if (renewed.somebody_else) {
    return problem(EX_TEMPFAIL, "another steward issued bundles at the same time: run it again");
  }
  return renewed;
}

}  // namespace

Outcome<DaemonPublic> daemon_of_newest_bundle(const Home& home) {
  const auto kept = read_file(home.path() / "newest-bundle", longest_file);
  if (!kept && kept.error().exit_code != EX_NOINPUT) return pass_on(kept.error());
  return daemon_in(kept ? *kept : crypto::Buffer{}, home);
}

Outcome<Renewed> renew(Home& home, Casework& casework, StaffLine& line, const RenewalWishes& wishes,
                       std::chrono::seconds now) {
  const crypto::Day today = day_of(now);
  Renewed renewed;
  if (const auto right = clock_is_right(line); !right) return pass_on(right.error());
  if (wishes.root != nullptr) {
    if (const auto done = certify(home, *wishes.root, today); !done) return pass_on(done.error());
  }
  const auto certificate = certificate_of(home);
  if (!certificate) return pass_on(certificate.error());
  if (const auto done = finish(home, casework, line, today, renewed); !done) {
    return pass_on(done.error());
  }
  const auto confirmed = confirm(home, casework, line, wishes.successors, now, renewed);
  if (!confirmed) return pass_on(confirmed.error());
  if (wishes.every_day) {
    // Yesterday's too: the server still takes what is sealed to it.
    auto again = issue_again(home, casework, line, today - 1, wishes, today);
    if (again) again->confirmed = renewed.confirmed;
    return again;
  }
  auto missing = days_without(line, today);
  if (!missing) return pass_on(missing.error());
  const auto days = covered(std::move(*missing), *certificate, renewed);
  renewed.last_day = std::min(last_day_ahead(today), certificate->until);
  if (days.empty()) return renewed;
  auto frame = frame_of_server(line, home, wishes);
  if (!frame) return pass_on(frame.error());
  const Plan plan{days, generation_for(casework.index(), days), std::move(*frame)};
  if (const auto made = make_bundles(home, plan); !made) return pass_on(made.error());
  if (const auto done = finish(home, casework, line, today, renewed); !done) {
    return pass_on(done.error());
  }
  return renewed;
}

Outcome<crypto::Buffer> renew_for_operator(Home& home, Casework& casework,
                                           const RenewalWishes& wishes, std::chrono::seconds now,
                                           Renewed& renewed) {
  const crypto::Day today = day_of(now);
  if (wishes.root != nullptr) {
    if (const auto done = certify(home, *wishes.root, today); !done) return pass_on(done.error());
  }
  const auto certificate = certificate_of(home);
  if (!certificate) return pass_on(certificate.error());
  const auto begun = read_file(renewal_path(home), longest_file);
  const bool every_day = wishes.every_day || wishes.daemon != nullptr;
  if (begun && !every_day) return *begun;
  if (const auto recalled = casework.recall(); !recalled) return pass_on(recalled.error());
  auto days = days_between(today, last_day_ahead(today));
  if (!every_day) {
    std::erase_if(days,
                  [&](crypto::Day day) { return casework.index().bundle_of(day) != nullptr; });
  }
  days = covered(std::move(days), *certificate, renewed);
  if (days.empty() && renewed.cut_short) {
    return problem(EX_CONFIG,
                   "this steward's operations key has ended: fetch the root key, and add "
                   "--root-key FILE");
  }
  auto frame = frame_of_home(home, wishes);
  if (!frame) return pass_on(frame.error());
  const Plan plan{days, generation_for(casework.index(), days), std::move(*frame)};
  const auto records = make_bundles(home, plan);
  if (!records) return pass_on(records.error());
  renewed.bundles = records->size();
  renewed.last_day = days.empty() ? 0 : days.back();
  return encode(*records);
}

Outcome<crypto::Buffer> succeed_pin(Home& home, const RootKey& root, const PinChanges& changes,
                                    crypto::Day today) {
  crypto::Pin pin = home.pin();
  ++pin.number;
  if (root.public_key() == pin.next_root) {
    if (changes.next_root == nullptr) {
      return problem(EX_USAGE, "a root needs a next root beside it: name a file for a new one");
    }
    pin.earlier_roots.push_back({pin.root, today});
    pin.root = pin.next_root;
  }
  if (changes.reporters) pin.endpoints.reporters = *changes.reporters;
  if (changes.staff) pin.endpoints.staff = *changes.staff;
  if (changes.daemon != nullptr) pin.server = changes.daemon->connection;
  if (changes.next_root != nullptr) pin.next_root = changes.next_root->public_key();
  const crypto::Buffer bytes = crypto::sign_pin(pin, root);
  if (const auto followed = home.follow_pin(bytes); !followed) return pass_on(followed.error());
  return bytes;
}

Outcome<std::optional<crypto::DeviceId>> unfinished_departure(const Home& home) {
  const auto file = read_file(departure_path(home), crypto::DeviceId::size);
  if (!file && file.error().exit_code == EX_NOINPUT) return std::nullopt;
  if (!file) return pass_on(file.error());
  if (file->size() != crypto::DeviceId::size) {
    return problem(EX_DATAERR, departure_path(home).string() + " is damaged: remove it");
  }
  crypto::DeviceId device;
  crypto::copy_bytes(*file, device.fill());
  return device;
}

Outcome<Renewed> revoke(Home& home, Casework& casework, StaffLine& line,
                        const crypto::DeviceId& device, const VaultChange& change_vault,
                        std::chrono::seconds now) {
  if (device == home.keys().id) {
    return problem(EX_USAGE,
                   "a steward's device is removed by another steward: first enrol one with "
                   "'steward enrol --steward'");
  }
  if (const auto right = clock_is_right(line); !right) return pass_on(right.error());
  if (const auto own = certificate_of(home); !own) return pass_on(own.error());
  // What is begun is known, whatever happens next.
  if (const auto kept = write_durably(departure_path(home), device.view()); !kept) {
    return pass_on(kept.error());
  }
  const auto removed = issue_roster(
      home, casework, line,
      [&](crypto::Roster& roster) {
        return std::erase_if(roster.devices,
                             [&](const crypto::Device& listed) { return listed.id == device; }) > 0;
      },
      now);
  if (!removed) return pass_on(removed.error());
  const crypto::Day today = day_of(now);
  // Of an earlier try: it counts, or the next ones would have its generation.
  Renewed before;
  if (const auto done = finish(home, casework, line, today, before); !done) {
    return pass_on(done.error());
  }
  // Yesterday's too: the server still takes what is sealed to it.
  auto renewed = issue_again(home, casework, line, today - 1, {}, today);
  if (!renewed) return renewed;
  if (change_vault) {
    if (const auto changed = change_vault(); !changed) return pass_on(changed.error());
  }
  std::error_code ignored;  // what is left there is done again
  std::filesystem::remove(departure_path(home), ignored);
  return renewed;
}

}  // namespace meldpunt::client
