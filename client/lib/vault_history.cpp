#include "client/lib/vault_history.h"

#include <algorithm>
#include <chrono>

namespace meldpunt::client {

namespace {

// For example 2026-05-04.
std::string date_of(crypto::Hour hour) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(crypto::day_of(hour)))};
  const auto two = [](unsigned number) {
    return (number < 10 ? "-0" : "-") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + two(static_cast<unsigned>(date.month())) +
         two(static_cast<unsigned>(date.day()));
}

}  // namespace

void VaultHistory::destroyed(const crypto::DeviceId& device, crypto::VaultVersion version) {
  auto& known = destroyed_[device];
  known = std::max(known, version);
}

void VaultHistory::erased(Erased erasure) {
  erasures_.insert_or_assign(erasure.statement.subject, erasure);
}

const VaultHistory::Erased* VaultHistory::erasure_of(const crypto::CaseId& subject) const {
  const auto found = erasures_.find(subject);
  return found == erasures_.end() ? nullptr : &found->second;
}

bool VaultHistory::has_destroyed(const crypto::DeviceId& device,
                                 crypto::VaultVersion version) const {
  const auto found = destroyed_.find(device);
  return found != destroyed_.end() && found->second >= version;
}

bool VaultHistory::is_due(crypto::Hour now) const {
  if (!began_) return false;
  const crypto::Hour since = changes_.empty() ? *began_ : changes_.back().hour;
  return now >= since + vault_hours;
}

ErasureState erasure_state(const crypto::CaseId& subject, const VaultHistory& history,
                           const RosterHistory& rosters, crypto::Hour now) {
  ErasureState state;
  const auto* erased = history.erasure_of(subject);
  if (erased == nullptr) return state;
  state.erased = true;
  const auto change = std::ranges::find_if(
      history.changes(), [&](const auto& each) { return each.position > erased->position; });
  if (change == history.changes().end()) return state;
  state.vault_changed = true;
  for (const crypto::Device& device : rosters.newest().devices) {
    if (device.role == crypto::DeviceRole::coordinator &&
        !history.has_destroyed(device.id, change->version)) {
      state.devices.push_back(device.name);
    }
  }
  // A backup made until then holds the slot, or the old vault sealed to the paper.
  state.backups_until = std::max(erased->hour, change->hour) + backup_hours;
  state.complete = state.devices.empty() && now >= state.backups_until;
  return state;
}

std::string describe(const ErasureState& state) {
  if (!state.erased) return "This case has not been erased.";
  if (state.complete) {
    return "The erasure is complete: no device, no server and no backup within its term holds what "
           "opens this case.";
  }
  std::string sentence = "This case is erased: nobody reads it through this system any more.";
  if (!state.vault_changed) {
    return sentence +
           " It is complete once the vault has changed (monthly, or now with 'steward renew'), "
           "every coordinator's device has been opened after that, and the backups from before "
           "have expired.";
  }
  if (!state.devices.empty()) {
    sentence += " Devices that must still be opened once:";
    for (const std::string& name : state.devices) sentence += " '" + name + "'";
    sentence += ".";
  }
  return sentence + " Backups from before expire on " + date_of(state.backups_until) +
         ", when the operator keeps the term.";
}

}  // namespace meldpunt::client
