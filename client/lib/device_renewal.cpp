#include "client/lib/device_renewal.h"

#include <algorithm>

#include "client/lib/staff_box.h"
#include "crypto/label.h"

namespace meldpunt::client {

namespace {

Outcome<void> ask_the_staff(const Home& home, StaffLine& line) {
  const auto& next = *home.keyring().successor;
  const auto content =
      crypto::sign_successor(next.public_keys(), home.keys().id, home.pin().region, next.signing);
  return give_to_staff(home, line, crypto::ObjectKind::device_successor, content);
}

}  // namespace

crypto::Hash hash_of_successor(const crypto::Successor& successor, const crypto::RegionId& region) {
  return crypto::hash("successor words", {region.view(), successor.signing.view(),
                                          successor.sealing.view(), successor.curve.view()});
}

Outcome<void> settle_device(Home& home, StaffLine& line, std::chrono::seconds now) {
  auto rosters = RosterHistory::open(home);
  if (!rosters) return pass_on(rosters.error());
  if (const auto fresh = rosters->refresh(line); !fresh) return pass_on(fresh.error());
  if (rosters->empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  return home.settle_successor(rosters->newest(), day_of(now));
}

Outcome<DeviceRenewal> renew_device(Home& home, StaffLine& line, std::chrono::seconds now) {
  auto rosters = RosterHistory::open(home);
  if (!rosters) return pass_on(rosters.error());
  if (const auto fresh = rosters->refresh(line); !fresh) return pass_on(fresh.error());
  if (rosters->empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  const bool asked = home.keyring().successor.has_value();
  const auto settled = home.settle_successor(rosters->newest(), day_of(now));
  if (!settled) return pass_on(settled.error());
  const crypto::Device* self = rosters->newest().find(home.keys().id);
  if (self == nullptr) {
    return problem(EX_NOPERM, "this device is in no roster: have the steward enrol it");
  }
  DeviceRenewal renewal{asked && !home.keyring().successor, self->until, {}};
  if (renewal.in_force) return renewal;
  if (const auto made = home.make_successor(); !made) return pass_on(made.error());
  renewal.keys = hash_of_successor(home.keyring().successor->public_keys(), home.pin().region);
  if (const auto done = ask_the_staff(home, line); !done) return pass_on(done.error());
  return renewal;
}

std::vector<WaitingSuccessor> waiting_successors(const std::vector<ReceivedSuccessor>& received,
                                                 const crypto::Roster& roster,
                                                 const crypto::RegionId& region) {
  std::vector<WaitingSuccessor> waiting;
  for (const crypto::Device& device : roster.devices) {
    const auto last =
        std::find_if(received.rbegin(), received.rend(),
                     [&](const ReceivedSuccessor& object) { return object.giver == device.id; });
    if (last == received.rend()) continue;
    const auto keys = crypto::verify_successor(last->content, device.id, region);
    if (keys && keys->signing != device.signing) waiting.push_back({device, *keys});
  }
  return waiting;
}

}  // namespace meldpunt::client
