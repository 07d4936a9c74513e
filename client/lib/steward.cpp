#include "client/lib/steward.h"

#include <algorithm>

#include "client/lib/roster_issue.h"

namespace meldpunt::client {

namespace {

bool lists(const crypto::Roster& roster, const crypto::Device& device) {
  const crypto::Device* there = roster.find(device.id);
  return there != nullptr && there->signing == device.signing && there->role == device.role &&
         there->steward == device.steward && there->sealing == device.sealing &&
         there->curve == device.curve && there->until >= device.from;
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

Outcome<std::size_t> give_all(const Casework& casework, StaffLine& line, const crypto::Device& to) {
  const Keyring& keyring = casework.home().keyring();
  // Versions whose vault key is gone are read from the journal, back from a newer one.
  std::size_t vaults = 0;
  for (const auto& vault : keyring.vaults) {
    if (!vault.vault_key) continue;
    ++vaults;
    if (const auto given = give(casework, line, to, vault); !given) return pass_on(given.error());
  }
  const auto epochs = give_epochs(casework, line, to, held_epochs(keyring));
  if (!epochs) return pass_on(epochs.error());
  return vaults + *epochs;
}

Outcome<Enrolled> enrol(Home& home, Casework& casework, StaffLine& line,
                        const crypto::Enrolment& enrolment, crypto::DeviceRole role,
                        const RootKey* second_steward, std::chrono::seconds now) {
  if (const auto own = certificate_of(home); !own) return pass_on(own.error());
  crypto::Device device = enrolment.device;
  device.role = role;
  device.steward = second_steward != nullptr;
  // From yesterday: the new device's clock may be a little behind.
  device.from = day_of(now) - 1;
  device.until = device.from + lifetime(role);
  const auto listed = issue_roster(
      home, casework, line,
      [&](crypto::Roster& roster) {
        if (lists(roster, device)) return false;
        std::erase_if(roster.devices,
                      [&](const crypto::Device& other) { return other.id == device.id; });
        roster.devices.push_back(device);
        return true;
      },
      now);
  if (!listed) return pass_on(listed.error());
  Enrolled enrolled{casework.rosters().newest().number, 0, device.until};
  if (role != crypto::DeviceRole::coordinator) return enrolled;
  const auto given = give_all(casework, line, device);
  if (!given) return pass_on(given.error());
  enrolled.grants = *given;
  if (second_steward == nullptr) return enrolled;
  const auto appointment =
      appoint(device.id, next_serial(home), device.from, home.pin().region, *second_steward);
  if (const auto done = give(casework, line, device, appointment); !done) {
    return pass_on(done.error());
  }
  ++enrolled.grants;
  return enrolled;
}

}  // namespace meldpunt::client
