#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/key_ends.h"
#include "client/lib/renewal.h"
#include "client/lib/vault_renewal.h"

namespace meldpunt::client {

namespace {

// By its name, or the first digits of its id; or the one whose removal was begun and not finished.
Outcome<crypto::DeviceId> named_device(Call& call, const StaffDevice& staff) {
  const auto begun = unfinished_departure(staff.home);
  if (!begun) return pass_on(begun.error());
  const auto& operands = call.options.positional();
  if (*begun && operands.empty()) return **begun;
  if (operands.size() != 1) {
    return problem(EX_USAGE, "Which device? Give its name, or the first digits of its id.");
  }
  const std::string& name = operands.front();
  const auto named = [&](const crypto::DeviceId& id, const std::string& called) {
    const bool prefix = name.size() >= shortest_prefix && hexadecimal(id.view()).starts_with(name);
    return prefix || called == name;
  };
  if (*begun && named(**begun, staff.casework->rosters().name_of(**begun))) return **begun;
  std::vector<crypto::DeviceId> found;
  for (const crypto::Device& device : staff.casework->rosters().newest().devices) {
    if (named(device.id, device.name)) found.push_back(device.id);
  }
  if (found.empty()) return problem(EX_NOINPUT, "The roster has no device " + name + ".");
  if (found.size() > 1) {
    return problem(EX_USAGE, "More than one device is called " + name + ": give more of its id.");
  }
  return found.front();
}

}  // namespace

config::Table steward_revoke_options() { return staff_options; }

Outcome<void> steward_revoke(Call& call) {
  const auto opened = sync_staff(call);
  if (!opened) return pass_on(opened.error());
  StaffDevice& staff = **opened;
  const auto device = named_device(call, staff);
  if (!device) return pass_on(device.error());
  const std::string name = staff.casework->rosters().name_of(*device);
  const VaultChange change_vault = [&]() -> Outcome<void> {
    const auto changed = renew_vault(staff.home, *staff.casework, staff.line, call.clock.now(),
                                     VaultReason::at_once);
    return changed ? Outcome<void>{} : pass_on(changed.error());
  };
  const auto renewed =
      revoke(staff.home, *staff.casework, staff.line, *device, change_vault, call.clock.now());
  tell(call.terminal, staff);
  if (!renewed) return pass_on(renewed.error());
  call.terminal.say("The device '" + name + "' is removed. " + std::to_string(renewed->bundles) +
                    " bundles have new epochs; the colleagues have their secrets.");
  call.terminal.print({{"event", "revoked"},
                       {"device", hexadecimal(device->view())},
                       {"roster", staff.casework->rosters().newest().number},
                       {"bundles", renewed->bundles},
                       {"keys_given", renewed->grants}});
  return {};
}

}  // namespace meldpunt::client
