// The box of one device: what coordinators put there, and how its owner takes it out.
#pragma once

#include <set>

#include "client/lib/journal_rosters.h"
#include "client/lib/staff_line.h"
#include "crypto/boxed.h"

namespace meldpunt::client {

// A partner's device is enrolled under the code of its organisation, and after a space what it is
// called there: "KADERA front desk" is a device of KADERA.
[[nodiscard]] std::string organisation_of(const crypto::Device& device);
// Those of the newest roster that are valid on that day.
[[nodiscard]] std::vector<crypto::Device> devices_of(const RosterHistory& rosters,
                                                     const std::string& organisation,
                                                     crypto::Day today);
[[nodiscard]] std::vector<crypto::Device> approvers_of(const RosterHistory& rosters,
                                                       crypto::Day today);

// What was sealed to this device: under its newest key, or under one that has been replaced since
// and is still kept for what was on its way.
[[nodiscard]] crypto::Result<crypto::BoxedObject> open_own(const Home& home, crypto::Bytes boxed,
                                                           const crypto::Roster& roster,
                                                           crypto::Day today,
                                                           const crypto::RegionId& region);

// For a coordinator's device: seals an object to another device and puts it into its box.
Outcome<void> put_into_box(const Home& home, StaffLine& line, const crypto::Device& to,
                           crypto::ObjectKind kind, crypto::Bytes content);

// For the owner. Each object comes once until it is acknowledged or the box is opened anew.
class OwnBox {
 public:
  struct Item {
    std::uint64_t id = 0;
    // bad_signature: forged, made for another device, or a clock is wrong.
    crypto::Result<crypto::BoxedObject> object;
  };

  // All must outlive it.
  OwnBox(const Home& home, StaffLine& line, const RosterHistory& rosters)
      : home_(home), line_(line), rosters_(rosters) {}

  // nullopt when nothing more waits. Keys are passed over: they are collected elsewhere.
  Outcome<std::optional<Item>> next(crypto::Day today);
  Outcome<void> acknowledge(std::uint64_t id);
  // What was not acknowledged may be taken again.
  Outcome<void> release_rest();

 private:
  const Home& home_;
  StaffLine& line_;
  const RosterHistory& rosters_;
  std::set<std::uint64_t> taken_;
};

}  // namespace meldpunt::client
