#include "client/console/work.h"

#include "client/console/approver_work.h"
#include "client/console/coordinator_work.h"
#include "client/console/partner_work.h"

namespace meldpunt::console {

namespace {

client::Outcome<void> meet_region(client::Casework& casework) {
  if (!casework.rosters().empty()) return {};
  const auto met = casework.refresh_rosters();
  if (met || met.error().exit_code != EX_TEMPFAIL) return {};
  return client::problem(EX_TEMPFAIL,
                         "Nobody answers, and this device has not met its region yet. Look at the "
                         "network, and start again: " +
                             met.error().sentence);
}

Role role_of(const client::Casework& casework) {
  const auto* self = casework.rosters().empty()
                         ? nullptr
                         : casework.rosters().newest().find(casework.home().keys().id);
  if (self == nullptr) return Role::coordinator;
  if (self->role == crypto::DeviceRole::partner) return Role::partner;
  return self->role == crypto::DeviceRole::approver ? Role::approver : Role::coordinator;
}

}  // namespace

client::Outcome<std::unique_ptr<Work>> StaffWork::of(client::StaffDevice& device,
                                                     client::Clock& clock,
                                                     const WorkSettings& settings) {
  if (const auto met = meet_region(*device.casework); !met) return client::pass_on(met.error());
  const Role role = role_of(*device.casework);
  if (role == Role::coordinator) {
    return std::unique_ptr<Work>(std::make_unique<CoordinatorWork>(device, clock, settings));
  }
  if (settings.duty) {
    return client::problem(EX_USAGE, "Only a coordinator's device is on duty. Leave out --duty.");
  }
  if (role == Role::partner) {
    return std::unique_ptr<Work>(std::make_unique<PartnerWork>(device, clock));
  }
  return std::unique_ptr<Work>(std::make_unique<ApproverWork>(device, clock));
}

std::vector<std::string> StaffWork::warnings() const {
  std::vector<std::string> sentences;
  for (const client::NoticeAlarm alarm : device_.notices.alarms()) {
    sentences.push_back(client::describe(alarm));
  }
  return sentences;
}

bool StaffWork::remember() {
  if (device_.notices.mark() == kept_mark_ || !device_.remember()) return false;
  kept_mark_ = device_.notices.mark();
  return true;
}

}  // namespace meldpunt::console
