#include "client/lib/steward.h"

#include <algorithm>

#include "crypto/parts.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t roster_part_size = 15'000;

crypto::Day day_of(std::chrono::seconds now) { return crypto::day_of(hour_of(now)); }

crypto::Day lifetime(crypto::DeviceRole role) {
  switch (role) {
    case crypto::DeviceRole::coordinator:
    case crypto::DeviceRole::approver:
      return crypto::coordinator_days;
    case crypto::DeviceRole::partner:
    case crypto::DeviceRole::receiver:
    case crypto::DeviceRole::forwarder:
      break;
  }
  return crypto::partner_days;
}

const Stewardship* stewardship_of(const Home& home) {
  const auto& stewardship = home.keyring().stewardship;
  return stewardship ? &*stewardship : nullptr;
}

Outcome<crypto::Roster> next_roster(const RosterHistory& rosters, crypto::Hour now) {
  if (rosters.empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  crypto::Roster roster = rosters.newest();
  roster.previous = rosters.newest_hash();
  ++roster.number;
  roster.issued = std::max(now, roster.issued);
  return roster;
}

Outcome<void> put_roster_part(StaffLine& line, std::uint64_t position, crypto::Bytes bytes) {
  const auto response = line.ask(
      crypto::Put{crypto::MailboxKind::roster, {}, position, 0, {}, {bytes.begin(), bytes.end()}});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("publish a roster", response->status);
  }
  return {};
}

// The manifest goes last: whoever sees it finds every part.
Outcome<void> publish(StaffLine& line, std::uint32_t number, crypto::Bytes signed_roster) {
  const auto manifest =
      crypto::make_manifest(crypto::PartsKind::roster, signed_roster, roster_part_size);
  if (!manifest) return problem(EX_SOFTWARE, "the roster", manifest.error());
  crypto::Buffer bytes(crypto::put_bytes_max);
  for (std::size_t i = 0; i < manifest->parts.size(); ++i) {
    const auto index = static_cast<std::uint16_t>(i);
    crypto::Writer writer(bytes);
    crypto::write_part(writer,
                       crypto::make_part(*manifest, signed_roster, roster_part_size, index));
    const auto put = put_roster_part(
        line, roster_position(number, static_cast<std::uint16_t>(i + 1)), writer.written());
    if (!put) return pass_on(put.error());
  }
  crypto::Writer writer(bytes);
  crypto::write_manifest(writer, *manifest);
  return put_roster_part(line, roster_position(number, 0), writer.written());
}

bool lists(const crypto::Roster& roster, const crypto::Device& device) {
  const crypto::Device* there = roster.find(device.id);
  return there != nullptr && there->signing == device.signing && there->role == device.role &&
         there->steward == device.steward && there->sealing == device.sealing &&
         there->curve == device.curve && there->until >= device.from;
}

Outcome<std::size_t> give_secrets(const Home& home, StaffLine& line, const crypto::Device& to) {
  const auto& region = home.pin().region;
  const DeviceKeys& own = home.keys();
  std::size_t given = 0;
  const auto give = [&](const auto& secret) -> Outcome<void> {
    auto grant = crypto::seal_grant(secret, to, own.id, own.signing, region);
    if (!grant) return problem(EX_DATAERR, "the new device's key", grant.error());
    const auto response = line.ask(
        crypto::Put{crypto::MailboxKind::box, crypto::box_of(to.id), 0, 0, {}, std::move(*grant)});
    if (!response) return pass_on(response.error());
    if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
      return unexpected_status("give the new device its keys", response->status);
    }
    ++given;
    return {};
  };
  for (const auto& vault : home.keyring().vaults) {
    if (const auto done = give(vault); !done) return pass_on(done.error());
  }
  for (const auto& epoch : home.keyring().epochs) {
    if (const auto done = give(epoch); !done) return pass_on(done.error());
  }
  return given;
}

}  // namespace

Outcome<crypto::Enrolment> read_enrolment(crypto::Bytes file, const crypto::Pin& pin) {
  auto enrolment = crypto::verify_enrolment(file, pin.region);
  if (!enrolment) {
    return problem(EX_DATAERR,
                   "this is no enrolment for this region: run 'device init' with this region's "
                   "pin, and bring the file 'enrolment' of that home");
  }
  return std::move(*enrolment);
}

Outcome<Enrolled> enrol(Home& home, Casework& casework, StaffLine& line,
                        const crypto::Enrolment& enrolment, crypto::DeviceRole role, bool steward,
                        std::chrono::seconds now) {
  const Stewardship* stewardship = stewardship_of(home);
  if (stewardship == nullptr) {
    return problem(EX_NOPERM, "this device is no steward's: only a steward enrols devices");
  }
  crypto::Device device = enrolment.device;
  device.role = role;
  device.steward = steward;
  // From yesterday: the new device's clock may be a little behind.
  device.from = day_of(now) - 1;
  device.until = device.from + lifetime(role);
  if (!lists(casework.rosters().newest(), device)) {
    auto roster = next_roster(casework.rosters(), hour_of(now));
    if (!roster) return pass_on(roster.error());
    std::erase_if(roster->devices,
                  [&](const crypto::Device& other) { return other.id == device.id; });
    roster->devices.push_back(device);
    const crypto::Buffer bytes = crypto::sign_roster(
        *roster, home.pin().region, stewardship->certificate, stewardship->operations);
    if (const auto valid = crypto::verify_roster(bytes, home.pin()); !valid) {
      return problem(EX_DATAERR, "the new roster", valid.error());
    }
    if (const auto done = publish(line, roster->number, bytes); !done) return pass_on(done.error());
    if (const auto synced = casework.sync(); !synced) return pass_on(synced.error());
    if (casework.rosters().newest_hash() != crypto::hash_of_roster(bytes)) {
      return problem(EX_TEMPFAIL, "another steward was first: run the command again");
    }
    if (const auto done = casework.journal_roster(); !done) return pass_on(done.error());
  }
  Enrolled enrolled{casework.rosters().newest().number, 0, device.until};
  if (role == crypto::DeviceRole::coordinator) {
    const auto given = give_secrets(home, line, device);
    if (!given) return pass_on(given.error());
    enrolled.grants = *given;
  }
  return enrolled;
}

}  // namespace meldpunt::client
