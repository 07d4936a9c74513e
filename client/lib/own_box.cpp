#include "client/lib/own_box.h"

namespace meldpunt::client {

namespace {

constexpr crypto::MailboxKind box = crypto::MailboxKind::box;

bool settled(crypto::Status status) {
  return status == crypto::Status::ok || status == crypto::Status::same ||
         status == crypto::Status::nothing || status == crypto::Status::conflict;
}

template <class Belongs>
std::vector<crypto::Device> valid_devices(const RosterHistory& rosters, crypto::Day today,
                                          Belongs belongs) {
  std::vector<crypto::Device> found;
  if (rosters.empty()) return found;
  for (const crypto::Device& device : rosters.newest().devices) {
    if (device.valid_on(today) && belongs(device)) found.push_back(device);
  }
  return found;
}

}  // namespace

std::string organisation_of(const crypto::Device& device) {
  return device.name.substr(0, device.name.find(' '));
}

std::vector<crypto::Device> devices_of(const RosterHistory& rosters,
                                       const std::string& organisation, crypto::Day today) {
  return valid_devices(rosters, today, [&](const crypto::Device& device) {
    return device.role == crypto::DeviceRole::partner && organisation_of(device) == organisation;
  });
}

std::vector<crypto::Device> approvers_of(const RosterHistory& rosters, crypto::Day today) {
  return valid_devices(rosters, today, [](const crypto::Device& device) {
    return device.role == crypto::DeviceRole::approver;
  });
}

crypto::Result<crypto::BoxedObject> open_own(const Home& home, crypto::Bytes boxed,
                                             const crypto::Roster& roster, crypto::Day today,
                                             const crypto::RegionId& region) {
  const auto& openings = home.keyring().openings;
  crypto::Result<crypto::BoxedObject> opened = crypto::fail(crypto::Error::cannot_open);
  for (auto opening = openings.rbegin(); opening != openings.rend(); ++opening) {
    opened = crypto::open_boxed(boxed, opening->key, home.keys().id, roster, today, region);
    if (opened || opened.error() != crypto::Error::cannot_open) break;
  }
  return opened;
}

Outcome<void> put_into_box(const Home& home, StaffLine& line, const crypto::Device& to,
                           crypto::ObjectKind kind, crypto::Bytes content) {
  auto boxed = crypto::seal_to_device(kind, content, to, home.keys().id, home.keys().signing,
                                      home.pin().region);
  if (!boxed) return problem(EX_DATAERR, "what was to be sent", boxed.error());
  const auto response =
      line.ask(crypto::Put{box, crypto::box_of(to.id), 0, 0, {}, std::move(*boxed)});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("put something into the box of '" + to.name + "'", response->status);
  }
  return {};
}

Outcome<std::optional<OwnBox::Item>> OwnBox::next(crypto::Day today) {
  const auto& id = home_.keys().id;
  if (rosters_.empty()) return problem(EX_PROTOCOL, "the server has no roster: tell the operator");
  for (;;) {
    const auto taken = line_.ask(crypto::Take{box, crypto::box_of(id)});
    if (!taken) return pass_on(taken.error());
    if (taken->status == crypto::Status::nothing || taken_.contains(taken->id)) {
      return std::nullopt;
    }
    if (taken->status != crypto::Status::ok) {
      return unexpected_status("open this device's box", taken->status);
    }
    taken_.insert(taken->id);
    if (taken->payload.size() != crypto::boxed_object_size) continue;
    return Item{taken->id,
                open_own(home_, taken->payload, rosters_.newest(), today, home_.pin().region)};
  }
}

Outcome<void> OwnBox::acknowledge(std::uint64_t id) {
  const auto response = line_.ask(crypto::Acknowledge{box, crypto::box_of(home_.keys().id), id});
  if (!response) return pass_on(response.error());
  if (!settled(response->status)) {
    return unexpected_status("clear this device's box", response->status);
  }
  taken_.erase(id);
  return {};
}

Outcome<void> OwnBox::release_rest() {
  for (const std::uint64_t id : std::exchange(taken_, {})) {
    const auto response = line_.ask(crypto::Release{box, crypto::box_of(home_.keys().id), id});
    if (!response) return pass_on(response.error());
  }
  return {};
}

}  // namespace meldpunt::client
