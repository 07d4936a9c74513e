// A device's own renewal: it makes new keys, its present key vouches for them to the staff, a
// steward confirms them in a roster, and then the present ones go.
//
// Until the roster lists the new keys the device has both, and works with the present ones. It may
// ask as often as it likes: the new keys stay the same.
#pragma once

#include "client/lib/journal_rosters.h"

namespace meldpunt::client {

struct DeviceRenewal {
  bool in_force = false;  // the roster lists the new keys; false: they wait for a steward
  crypto::Day until = 0;  // the last day of what the roster lists now
  crypto::Hash keys;      // of the new keys: five words, to compare with the steward
};

[[nodiscard]] crypto::Hash hash_of_successor(const crypto::Successor& successor,
                                             const crypto::RegionId& region);

// For a device of any role.
Outcome<DeviceRenewal> renew_device(Home& home, StaffLine& line, std::chrono::seconds now);

// Only looks whether the roster lists the new keys; then they take the present ones' place.
Outcome<void> settle_device(Home& home, StaffLine& line, std::chrono::seconds now);

// New keys that a device asked for and no roster lists yet.
struct WaitingSuccessor {
  crypto::Device device;  // as the roster lists it
  crypto::Successor keys;
};

// `received`: what came through the staff's box of kind device_successor, the oldest first. Of each
// device the last counts; what the giver's own key does not vouch for is left out.
struct ReceivedSuccessor {
  crypto::DeviceId giver;
  crypto::Bytes content;
};
[[nodiscard]] std::vector<WaitingSuccessor> waiting_successors(
    const std::vector<ReceivedSuccessor>& received, const crypto::Roster& roster,
    const crypto::RegionId& region);

}  // namespace meldpunt::client
