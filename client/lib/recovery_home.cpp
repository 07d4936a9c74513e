// The first step of a recovery, without the server: a new device and the next roster.
#include <algorithm>

#include "client/lib/founding_file.h"
#include "client/lib/recovery.h"
#include "client/lib/steward_keys.h"
#include "crypto/parts.h"
#include "crypto/wire/reader.h"

namespace meldpunt::client {

namespace {

tl::unexpected<Problem> bad_authority() {
  return problem(EX_DATAERR,
                 "the operator's file does not verify under this pin: ask for the one that "
                 "'meldpuntd --write-authority' writes today, and compare the region id");
}

// The operations certificate stands last before the signature, in bundles and rosters alike.
std::uint32_t serial_of(crypto::Bytes signed_object, const crypto::Pin& pin) {
  if (signed_object.size() < crypto::certificate_size + crypto::signature_size) return 0;
  const auto certificate = crypto::verify_certificate(
      signed_object.last(crypto::certificate_size + crypto::signature_size)
          .first(crypto::certificate_size),
      pin);
  return certificate ? certificate->serial : 0;
}

Outcome<crypto::Buffer> roster_bytes(const std::vector<FoundingRecord>& records,
                                     std::uint32_t number) {
  const auto at = [&](std::uint64_t position) -> const FoundingRecord* {
    const auto found = std::ranges::find_if(records, [&](const FoundingRecord& record) {
      return record.kind == crypto::MailboxKind::roster && record.position == position;
    });
    return found == records.end() ? nullptr : &*found;
  };
  const auto* first = at(roster_position(number, 0));
  if (first == nullptr) return crypto::Buffer{};
  crypto::Reader reader(first->bytes);
  const crypto::Manifest manifest = crypto::read_manifest(reader);
  if (!reader.finished()) return bad_authority();
  crypto::Assembly assembly(manifest);
  for (std::size_t i = 1; i <= manifest.parts.size(); ++i) {
    const auto* record = at(roster_position(number, static_cast<std::uint16_t>(i)));
    if (record == nullptr) return bad_authority();
    crypto::Reader part(record->bytes);
    const crypto::Part read = crypto::read_part(part);
    if (!part.finished() || !assembly.add(read)) return bad_authority();
  }
  const auto whole = assembly.whole();
  if (!whole) return bad_authority();
  return crypto::Buffer(whole->view().begin(), whole->view().end());
}

Stewardship new_stewardship(const Home& home, const Authority& authority,
                            const crypto::SigningKey<crypto::role::Root>& root, crypto::Day from) {
  auto appointment = appoint(home.keys().id, authority.serial + 1, from, home.pin().region, root);
  return {std::move(appointment.operations), std::move(appointment.certificate)};
}

// Without the lost devices, with this one.
Outcome<crypto::Roster> next_roster(const Home& home, const Recovery& recovery,
                                    const Authority& authority, crypto::Hour now) {
  crypto::Roster roster = authority.rosters.back();
  const auto is_lost = [&](const crypto::Device& device) {
    if (recovery.lost.empty()) return device.role == crypto::DeviceRole::coordinator;
    return std::ranges::find(recovery.lost, device.name) != recovery.lost.end();
  };
  const auto gone = std::erase_if(roster.devices, is_lost);
  if (gone == 0) {
    return problem(EX_USAGE, "the roster has no device of the name given with --lost");
  }
  crypto::Device device = home.keys().device(recovery.device_name);
  device.role = crypto::DeviceRole::coordinator;
  device.steward = true;
  device.from = crypto::day_of(now) - 1;
  device.until = device.from + crypto::coordinator_days;
  roster.devices.push_back(device);
  roster.previous = authority.newest_hash;
  ++roster.number;
  roster.issued = std::max(now, roster.issued);
  return roster;
}

}  // namespace

Outcome<Authority> read_authority(crypto::Bytes file, const crypto::Pin& pin) {
  const auto records = read_founding_file(file);
  if (!records) return bad_authority();
  Authority authority;
  for (const FoundingRecord& record : *records) {
    if (record.kind != crypto::MailboxKind::notice) continue;
    const auto bundle = crypto::verify_bundle(record.bytes, pin);
    if (!bundle) return bad_authority();
    authority.serial = std::max(authority.serial, serial_of(record.bytes, pin));
  }
  for (std::uint32_t number = 1;; ++number) {
    const auto bytes = roster_bytes(*records, number);
    if (!bytes) return pass_on(bytes.error());
    if (bytes->empty()) break;
    auto roster = crypto::verify_roster(*bytes, pin);
    if (!roster || roster->number != number || roster->previous != authority.newest_hash) {
      return bad_authority();
    }
    authority.serial = std::max(authority.serial, serial_of(*bytes, pin));
    authority.newest_hash = crypto::hash_of_roster(*bytes);
    authority.rosters.push_back(std::move(*roster));
  }
  if (authority.rosters.empty()) return bad_authority();
  return authority;
}

Outcome<Home> recover_home(const Recovery& recovery,
                           const crypto::SigningKey<crypto::role::Root>& root, const Path& path,
                           const Path& out, crypto::Bytes passphrase, std::chrono::seconds now,
                           crypto::PassphraseCost cost) {
  const auto pin = crypto::trust_pin(recovery.pin);
  if (!pin) return problem(EX_DATAERR, "the pin", pin.error());
  if (root.public_key() != pin->root) {
    return problem(EX_DATAERR,
                   "this is not the root key that the pin names: take the newest pin, and the "
                   "root key file that belongs to it");
  }
  const auto authority = read_authority(recovery.authority, *pin);
  if (!authority) return pass_on(authority.error());
  if (const auto made = make_private_directory(out); !made) return pass_on(made.error());
  auto home = Home::make(path, recovery.pin, recovery.device_name, passphrase, cost);
  if (!home) return pass_on(home.error());
  const crypto::Hour hour = hour_of(now);
  auto stewardship = new_stewardship(*home, *authority, root, crypto::day_of(hour) - 1);
  const auto roster = next_roster(*home, recovery, *authority, hour);
  if (!roster) return pass_on(roster.error());
  const crypto::Buffer bytes =
      crypto::sign_roster(*roster, pin->region, stewardship.certificate, stewardship.operations);
  if (const auto valid = crypto::verify_roster(bytes, *pin); !valid) {
    return problem(EX_DATAERR, "the new roster", valid.error());
  }
  crypto::Buffer file;
  if (const auto added = add_roster_to_founding(file, roster->number, bytes); !added) {
    return pass_on(added.error());
  }
  const auto kept = home->change_keyring([&](Keyring& keyring) {
    keyring.stewardship = std::move(stewardship);
    return true;
  });
  if (!kept) return pass_on(kept.error());
  if (const auto done = write_durably(out / "recovery", file); !done) return pass_on(done.error());
  return home;
}

}  // namespace meldpunt::client
