#include "client/console/erased_case.h"

#include <nlohmann/json.hpp>

#include "client/console/iso_time.h"
#include "client/lib/vault_history.h"

namespace meldpunt::console {

using nlohmann::json;

json erasure_of(const Workplace& place, const crypto::CaseId& subject) {
  const client::Casework& casework = place.casework();
  const auto state =
      client::erasure_state(subject, casework.vault_history(), casework.rosters(), place.hour());
  if (!state.erased) return {};
  return {
      {"complete", state.complete},
      {"vault_changed", state.vault_changed},
      {"devices", state.devices},
      {"backups_until", state.backups_until == 0 ? json() : json(iso_hour(state.backups_until))}};
}

json striking_of(const Workplace& place, const crypto::CaseId& subject) {
  const auto* before = place.casework().retained().before(subject);
  return before == nullptr ? json() : erasure_of(place, *before);
}

}  // namespace meldpunt::console
