#include "client/lib/assigning.h"

#include <algorithm>

namespace meldpunt::client {

std::vector<crypto::Device> coordinators_of(const RosterHistory& rosters, crypto::Day today) {
  std::vector<crypto::Device> found;
  if (rosters.empty()) return found;
  std::ranges::copy_if(
      rosters.newest().devices, std::back_inserter(found), [&](const crypto::Device& device) {
        return device.role == crypto::DeviceRole::coordinator && device.valid_on(today);
      });
  return found;
}

Outcome<void> assign_case(Casework& casework, const crypto::CaseId& subject,
                          const crypto::DeviceId& device) {
  const auto today = crypto::day_of(casework.hour());
  const auto colleagues = coordinators_of(casework.rosters(), today);
  if (!device.is_zero() &&
      std::ranges::find(colleagues, device, &crypto::Device::id) == colleagues.end()) {
    return problem(EX_NOINPUT, "there is no coordinator with that device today: choose another");
  }
  using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;
  const auto done =
      casework.append(crypto::EventKind::assigned, subject, [&]() -> Outcome<Content> {
        if (casework.index().find(subject)->assigned == device) return Content{};
        return Content{crypto::encode(crypto::Assigned{device})};
      });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace meldpunt::client
