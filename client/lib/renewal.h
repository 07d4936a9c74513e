// A steward's deeds as time goes on: bundles for the days ahead, a new operations key, new keys of
// devices, and the end of a device.
//
// Each may be killed at any step and run again: what was made is finished first, and nothing that
// the server or the journal has already is made a second time (steward_keys.h, roster_issue.h).
#pragma once

#include "client/lib/device_renewal.h"
#include "client/lib/roster_issue.h"

namespace meldpunt::client {

struct DaemonPublic {
  crypto::VerifyKey<crypto::role::Daemon> signing;
  crypto::CurveKey connection;
};

// As the newest bundle that this home issued names them. EX_CONFIG when there is none, or when the
// root that certified it has been replaced since: to be asked before.
Outcome<DaemonPublic> daemon_of_newest_bundle(const Home& home);

struct RenewalWishes {
  const RootKey* root = nullptr;             // with it: a new operations key, for 26 weeks
  const DaemonPublic* daemon = nullptr;      // with it: every bundle from today on names these keys
  std::vector<WaitingSuccessor> successors;  // that a person has confirmed
  bool every_day = false;  // with it: days that have a bundle get another one, and other secrets
};

struct Renewed {
  crypto::Day certificate_until = 0;  // of the steward's operations key
  std::size_t confirmed = 0;          // devices that have new keys
  std::size_t bundles = 0;
  crypto::Day last_day = 0;    // for which there is a bundle now
  std::size_t grants = 0;      // put into colleagues' boxes
  bool cut_short = false;      // the operations key ends before the 35 days do
  bool somebody_else = false;  // another steward issued some of the same days
};

// The casework must be in sync; it is afterwards.
Outcome<Renewed> renew(Home& home, Casework& casework, StaffLine& line, const RenewalWishes& wishes,
                       std::chrono::seconds now);

// The same for a server that cannot be reached, because its bundles ran out or its keys are new:
// makes the bundles from what this home knows, and the founding file that has them, for the
// operator. A later renew() gives colleagues their secrets, and journals.
Outcome<crypto::Buffer> renew_for_operator(Home& home, Casework& casework,
                                           const RenewalWishes& wishes, std::chrono::seconds now,
                                           Renewed& renewed);

// The pin that follows the present one, signed by its root; the home keeps it from now on. Signed
// by the next root, that one takes the root's place: what the replaced root certified ends `today`,
// and another next root must be named (EX_USAGE).
struct PinChanges {
  std::optional<std::string> reporters;
  std::optional<std::string> staff;
  const DaemonPublic* daemon = nullptr;
  const RootKey* next_root = nullptr;
};
Outcome<crypto::Buffer> succeed_pin(Home& home, const RootKey& root, const PinChanges& changes,
                                    crypto::Day today);

// What changes the vault when somebody has left; it is called once, last.
using VaultChange = std::function<Outcome<void>()>;

// The roster without the device, then new epochs from yesterday's on, granted to those who remain,
// then the vault: what comes from now on is nothing that the device can open.
Outcome<Renewed> revoke(Home& home, Casework& casework, StaffLine& line,
                        const crypto::DeviceId& device, const VaultChange& change_vault,
                        std::chrono::seconds now);
// One that was begun and not finished.
Outcome<std::optional<crypto::DeviceId>> unfinished_departure(const Home& home);

}  // namespace meldpunt::client
