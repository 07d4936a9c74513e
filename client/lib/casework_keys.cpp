// How a device keeps its keys in step with the region: new sealing keys, the end of epochs, the
// rosters that the journal names, and what a person must be told of keys that end.
#include <algorithm>
#include <filesystem>

#include "client/lib/case_bundles.h"
#include "client/lib/casework.h"
#include "client/lib/key_ends.h"
#include "client/lib/recovery.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

using SealingKey = crypto::SealingKey<crypto::role::Device>;

constexpr std::size_t issued_roster_size = 4 + crypto::Hash::size;

// An opening key that has just been replaced, or was long ago.
bool has_replaced(const Keyring& keyring, crypto::Day today) {
  return std::any_of(keyring.openings.begin(), std::prev(keyring.openings.end()),
                     [&](const HeldOpening& opening) {
                       return opening.replaced == HeldOpening::none ||
                              opening.replaced + replaced_key_days < today;
                     });
}

}  // namespace

// What stewards and devices say of rosters and sealing keys.
Outcome<void> Casework::read_key_event(const crypto::OuterEvent& event, crypto::Bytes content) {
  if (event.head.kind == crypto::EventKind::roster) {
    const auto roster = decode_roster_event(content);
    if (!roster) return problem(EX_DATAERR, "an event of the journal", roster.error());
    if (!rosters_.note_journaled(roster->number, roster->hash)) {
      announcements_.push_back("ALARM: roster " + std::to_string(roster->number) +
                               " is another one than the steward journaled: stop, and call the "
                               "steward");
    }
  }
  if (event.head.kind == crypto::EventKind::device_key) {
    const auto key = crypto::decode_device_key(content);
    if (!key) return problem(EX_DATAERR, "an event of the journal", key.error());
    sealing_keys_[event.head.device] = *key;
  }
  return {};
}

// After everything that others did has been read.
Outcome<void> Casework::settle_keys() {
  if (const auto done = announce_roster(); !done) return pass_on(done.error());
  doubt_roster();
  if (const auto done = renew_sealing_key(); !done) return pass_on(done.error());
  warn_of_ends();
  if (asked_in_vain_ == hour()) return {};
  return close_epochs();
}

// By the earlier of two clocks: with a clock that is ahead, a device would destroy what it needs.
crypto::Day Casework::today() const {
  const auto* notice = line_.notices().notice();
  const crypto::Day own = crypto::day_of(hour());
  if (notice == nullptr) return own;
  const std::uint64_t theirs = notice->digest.time / 86400;
  return static_cast<crypto::Day>(std::min<std::uint64_t>(own, theirs));
}

// ---- grants

// Under which of this device's keys it was sealed: the newest, or one that its giver knew.
crypto::Result<crypto::Grant> Casework::open_grant(crypto::Bytes boxed, SealingKey& under) const {
  const auto& openings = home_.keyring().openings;
  auto grant = crypto::Result<crypto::Grant>(crypto::fail(crypto::Error::cannot_open));
  for (auto opening = openings.rbegin(); opening != openings.rend(); ++opening) {
    under = opening->key.public_key();
    grant = crypto::open_grant(boxed, opening->key, home_.keys().id, rosters_.newest(),
                               crypto::day_of(hour()), region());
    if (grant || grant.error() != crypto::Error::cannot_open) break;
  }
  return grant;
}

Outcome<void> Casework::keep_grant(crypto::Grant grant, const SealingKey& under) {
  if (const auto* appointment = std::get_if<crypto::Appointment>(&grant)) {
    const auto certificate = crypto::verify_certificate(appointment->certificate, home_.pin());
    if (!certificate || certificate->steward != home_.keys().id ||
        certificate->key != appointment->operations.public_key()) {
      announcements_.emplace_back(
          "an operations key lay in this device's box that the root did not certify for it: tell "
          "your steward");
      return {};
    }
  }
  return home_.change_keyring([&](Keyring& keyring) {
    if (const auto* epochs = std::get_if<crypto::Epochs>(&grant)) {
      keyring.note_opened(under, *epochs);
      keyring.add(std::move(grant));
      return true;
    }
    return keyring.add(std::move(grant));
  });
}

crypto::Device Casework::with_newest_sealing_key(const crypto::Device& device) const {
  crypto::Device with = device;
  const auto published = sealing_keys_.find(device.id);
  if (published != sealing_keys_.end()) with.sealing = published->second;
  return with;
}

// A key that has opened epoch secrets opens them for whoever kept the grant: the next ones go to
// another, and this one goes with the first epoch that is closed.
Outcome<void> Casework::renew_sealing_key() {
  const auto used = [](const Keyring& keyring) {
    return !keyring.openings.empty() && keyring.openings.back().oldest != HeldOpening::none;
  };
  if (used(home_.keyring())) {
    const auto made = home_.change_keyring([&](Keyring& keyring) {
      if (!used(keyring)) return false;
      keyring.openings.push_back({crypto::OpeningKey<crypto::role::Device>::generate()});
      return true;
    });
    if (!made) return pass_on(made.error());
  }
  if (home_.keyring().openings.size() < 2) return {};
  if (const auto published = publish_sealing_key(); !published) return pass_on(published.error());
  if (!has_replaced(home_.keyring(), today())) return {};
  return home_.change_keyring([&](Keyring& keyring) {
    keyring.forget_replaced(today());
    for (std::size_t i = 0; i + 1 < keyring.openings.size(); ++i) {
      auto& replaced = keyring.openings[i].replaced;
      if (replaced == HeldOpening::none) replaced = today();
    }
    return true;
  });
}

Outcome<void> Casework::publish_sealing_key() {
  const auto appended = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const crypto::Device* self = rosters_.newest().find(home_.keys().id);
    const SealingKey& newest = home_.keyring().openings.back().key.public_key();
    if (self == nullptr || with_newest_sealing_key(*self).sealing == newest) return std::nullopt;
    return Draft{
        crypto::EventKind::device_key, {}, crypto::SecretBuffer::of(newest.view()), std::nullopt};
  });
  if (!appended) return pass_on(appended.error());
  return {};
}

// ---- the end of epochs

// How many reports, and objects for the staff, the server still holds; leased ones count.
Outcome<std::uint64_t> Casework::stored_under(const crypto::EpochId& epoch) {
  const std::uint64_t position = crypto::Reader(epoch.view()).u32();
  std::uint64_t stored = 0;
  for (const auto& [kind, name] : {std::pair{crypto::MailboxKind::intake, crypto::MailboxName{}},
                                   std::pair{crypto::MailboxKind::box, crypto::staff_box()}}) {
    const auto response = line_.ask(crypto::Get{kind, name, position});
    if (!response) return pass_on(response.error());
    if (response->status != crypto::Status::ok) {
      return unexpected_status("count what waits under an epoch", response->status);
    }
    stored += response->position;
  }
  return stored;
}

Outcome<void> Casework::close_epochs() {
  std::vector<crypto::EpochId> closed;
  asked_in_vain_ = 0;
  for (const HeldEpoch& epoch : home_.keyring().epochs) {
    if (epoch.day + epoch_days_kept >= today()) continue;
    const auto stored = stored_under(epoch.id);
    if (!stored) return pass_on(stored.error());
    if (*stored == 0) {
      closed.push_back(epoch.id);
    } else {
      asked_in_vain_ = hour();
    }
  }
  if (closed.empty()) return {};
  return home_.change_keyring([&](Keyring& keyring) {
    keyring.close(closed);
    return true;
  });
}

// ---- rosters

// A steward's home keeps the hash of the roster it issued until that is in the journal.
Outcome<void> Casework::announce_roster() {
  const Path path = home_.path() / "issued-roster";
  const auto bytes = read_file(path, issued_roster_size);
  if (!bytes && bytes.error().exit_code == EX_NOINPUT) return {};
  if (!bytes) return pass_on(bytes.error());
  const auto issued = decode_roster_event(*bytes);
  if (!issued) return problem(EX_DATAERR, path.string(), issued.error());
  const crypto::Hash* published = rosters_.hash_of(issued->number);
  // Not all of it has reached the server: the command that issued it will be run again.
  if (published == nullptr) return {};
  // Otherwise another steward's took its number.
  if (*published == issued->hash) {
    const auto appended = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
      if (rosters_.journaled() >= issued->number) return std::nullopt;
      return Draft{crypto::EventKind::roster,
                   {},
                   encode_roster_event(issued->number, issued->hash),
                   std::nullopt};
    });
    if (!appended) return pass_on(appended.error());
  }
  std::error_code ignored;  // what is left there is found known the next time
  std::filesystem::remove(path, ignored);
  return {};
}

// Within its own hour a steward may not have come to it yet.
void Casework::doubt_roster() {
  const crypto::Roster& newest = rosters_.newest();
  if (rosters_.journaled() >= newest.number || hour() <= newest.issued ||
      std::exchange(doubted_roster_, newest.number) == newest.number) {
    return;
  }
  announcements_.push_back(
      "ALARM: roster " + std::to_string(newest.number) +
      " is in force, and no steward has journaled it: somebody else may have "
      "an operations key. Ask every steward; if none made it, have the region's "
      "steward run 'steward revoke' on the device that it brought");
}

// ---- keys that end

void Casework::warn_of_ends() {
  const crypto::Day now = crypto::day_of(hour());
  if (std::exchange(warned_on_, now) == now) return;
  KeyEnds ends;
  if (const crypto::Device* self = rosters_.newest().find(home_.keys().id)) {
    ends.device = self->until;
  }
  if (const auto& stewardship = home_.keyring().stewardship) {
    const auto certificate = crypto::verify_certificate(stewardship->certificate, home_.pin());
    if (certificate) ends.certificate = certificate->until;
  }
  if (index_.last_bundle_day() != 0) {
    crypto::Day day = now;
    while (index_.bundle_of(day) != nullptr) ++day;
    ends.bundles = day == now ? index_.last_bundle_day() : day - 1;
  }
  ends.paper = paper_is_outdated(home_);
  std::ranges::move(warnings(ends, now), std::back_inserter(announcements_));
}

}  // namespace meldpunt::client
