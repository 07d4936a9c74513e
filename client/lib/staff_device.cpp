#include "client/lib/staff_device.h"

#include "client/lib/device_renewal.h"

namespace meldpunt::client {

namespace {

// Both keys are tried for so long first. A server does not answer keys that it does not know.
constexpr std::chrono::milliseconds long_enough_to_be_known{2000};

// Whether a server answers the keys that the home works with now.
bool is_known(const Home& home, const StaffDevice::Dial& dial, Clock& clock,
              const StaffPatience& patience) {
  const auto connection = dial(home);
  NoticeSource notices(home.pin(), clock);
  return StaffLine(*connection, notices, clock, patience).refresh().has_value();
}

// Leaves the home with the keys that the server knows; true when these are the new ones. Where
// nobody answers at all, with the present ones.
bool takes_new_keys(Home& home, const StaffDevice::Dial& dial, Clock& clock,
                    const StaffPatience& patience) {
  const StaffPatience short_one{std::min(patience.answer, long_enough_to_be_known), 1, 1};
  for (const StaffPatience& each : {short_one, patience}) {
    if (is_known(home, dial, clock, each)) return false;
    home.try_successor();
    if (is_known(home, dial, clock, each)) return true;
    home.take_own_keys();
  }
  return false;
}

}  // namespace

StaffDevice::StaffDevice(Home opened, const Dial& dial, Clock& clock, const StaffPatience& patience,
                         const HomeState& state)
    : home(std::move(opened)),
      connection(dial(home)),
      notices(home.pin(), clock, state.mark),
      line(*connection, notices, clock, patience) {}

Outcome<std::unique_ptr<StaffDevice>> StaffDevice::with(Home home, const Dial& dial, Clock& clock,
                                                        const StaffPatience& patience) {
  const auto state = read_state(home);
  if (!state) return pass_on(state.error());
  std::unique_ptr<StaffDevice> device(
      new StaffDevice(std::move(home), dial, clock, patience, *state));
  auto casework = Casework::open(device->home, device->line, clock);
  if (!casework) return pass_on(casework.error());
  device->casework = std::move(*casework);
  return device;
}

Outcome<std::unique_ptr<StaffDevice>> StaffDevice::open(Home home, const Dial& dial, Clock& clock,
                                                        const StaffPatience& patience) {
  const bool renewed =
      home.keyring().successor.has_value() && takes_new_keys(home, dial, clock, patience);
  auto device = with(std::move(home), dial, clock, patience);
  if (!device || !renewed) return device;
  const auto settled = settle_device((*device)->home, (*device)->line, clock.now());
  if (!settled) return pass_on(settled.error());
  return device;
}

Outcome<void> StaffDevice::remember() const {
  return update_state(home, [&](HomeState& state) { state.mark = notices.mark(); });
}

}  // namespace meldpunt::client
