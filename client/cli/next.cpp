#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"

namespace meldpunt::client {

Outcome<void> next(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  const auto assigned = (*staff)->casework->next();
  if (!assigned) return pass_on(assigned.error());
  if (!*assigned) {
    call.terminal.say("Nothing waits.");
    call.terminal.print({{"event", "nothing_waits"}});
    return {};
  }
  return show_story(call, **staff, **assigned);
}

}  // namespace meldpunt::client
