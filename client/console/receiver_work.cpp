#include "client/console/receiver_work.h"

#include <algorithm>

#include "client/console/figures_answer.h"

namespace meldpunt::console {

using client::Outcome;
using client::pass_on;

namespace {

// The disk of this machine is asked, not a server.
constexpr std::chrono::milliseconds look_again{1000};

// As the first region that lists it calls this device.
std::string name_of_device(const client::Home& home, const std::vector<client::RegionFigures>& of) {
  constexpr std::size_t longest_roster = std::size_t{1} << 20;
  for (const client::RegionFigures& region : of) {
    const auto directory = client::region_directory(home.path(), region.pin.region);
    const auto bytes = client::read_file(directory / "roster", longest_roster);
    if (!bytes) continue;
    const auto roster = crypto::verify_roster(*bytes, region.pin);
    const auto* device = roster ? roster->find(home.keys().id) : nullptr;
    if (device != nullptr) return device->name;
  }
  return {};
}

}  // namespace

Outcome<void> ReceiverPlace::look() {
  const auto now = store->newest();
  if (!now) return pass_on(now.error());
  if (*now == newest) return {};
  auto read = client::read_figures(*store, home.path());
  if (!read) return pass_on(read.error());
  regions = std::move(*read);
  newest = *now;
  return {};
}

Outcome<void> ReceiverWork::start() {
  auto store = client::ReceiverStore::open(place_.home.path());
  if (!store) return pass_on(store.error());
  place_.store.emplace(std::move(*store));
  return place_.look();
}

std::chrono::milliseconds ReceiverWork::pause(std::chrono::milliseconds otherwise) const {
  return std::min(otherwise, look_again);
}

Outcome<View> ReceiverWork::view() {
  const bool practice = std::ranges::any_of(
      place_.regions, [](const client::RegionFigures& each) { return each.pin.demonstration; });
  View view;
  for (nlohmann::json* list : {&view.approvals, &view.inbox, &view.partners, &view.colleagues}) {
    *list = nlohmann::json::array();
  }
  view.self = place_.home.keys().id;
  view.state = bare_state(
      {{}, practice},
      {view.self, name_of_device(place_.home, place_.regions), crypto::DeviceRole::receiver},
      place_.state);
  view.figures = figures_answer(place_.regions);
  return view;
}

}  // namespace meldpunt::console
