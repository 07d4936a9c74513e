// Changing the vault: a new vault key and journal key for everything that comes, every living case
// wrapped anew, and the old vault key destroyed on every device.
//
// Done monthly, and whenever a coordinator's device has left the roster. In order:
//
//   1. a new secret in this device's keyring (or one that another device has begun with)
//   2. granted to every coordinator's device of the newest roster, and sealed to the paper
//   3. the event `vault`, by compare-and-swap: from here on it is in force
//   4. slot after slot wrapped anew, by compare-and-swap; an erased one stays erased
//   5. wrapped keys from before leave this device's disk, then the older vault keys its keyring
//   6. an event that says so, and the paper's secrets without the older ones
//
// Killed at any step, it goes on when it is called again, here or on another device. Two devices
// that change the vault at once end with the secret whose event was first. Steps 4 to 6 are what
// every device does, on its own, when it has read the event (Casework::sync): one that was away for
// several changes catches up.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

enum class VaultReason : std::uint8_t {
  when_due,  // only when it is thirty days old
  at_once,   // a device has left, or somebody may know a key
};

struct VaultRenewed {
  bool changed = false;  // false: it was not due, or another device was first
  crypto::VaultVersion version = 0;
};

// To be called after the roster without the departed device is in force: its devices get the new
// secret, and nobody else. Brings the casework in step, before and after. EX_NOPERM when this
// device is no coordinator's today.
Outcome<VaultRenewed> renew_vault(Home& home, Casework& casework, StaffLine& line,
                                  std::chrono::seconds now, VaultReason reason);

// Puts a vault secret into the box of every other coordinator's device of the newest roster that is
// valid today.
Outcome<std::size_t> grant_vault(const Casework& casework, StaffLine& line,
                                 const crypto::VaultSecret& vault, crypto::Day today);

}  // namespace meldpunt::client
