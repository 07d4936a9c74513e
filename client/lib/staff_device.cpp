#include "client/lib/staff_device.h"

#include "client/lib/device_renewal.h"

namespace meldpunt::client {

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
  auto device = with(std::move(home), dial, clock, patience);
  if (!device || !(*device)->home.keyring().successor || (*device)->line.refresh()) return device;
  (*device)->home.try_successor();
  auto again = with(std::move((*device)->home), dial, clock, patience);
  if (!again) return again;
  if (!(*again)->line.refresh()) {
    (*again)->home.take_own_keys();  // nobody answers at all
    return with(std::move((*again)->home), dial, clock, patience);
  }
  const auto settled = settle_device((*again)->home, (*again)->line, clock.now());
  if (!settled) return pass_on(settled.error());
  return again;
}

Outcome<void> StaffDevice::remember() const {
  return update_state(home, [&](HomeState& state) { state.mark = notices.mark(); });
}

}  // namespace meldpunt::client
