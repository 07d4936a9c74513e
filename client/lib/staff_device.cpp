#include "client/lib/staff_device.h"

#include "client/lib/device_renewal.h"

namespace meldpunt::client {

namespace {

// Both keys are tried for so long first. A server does not answer keys that it does not know.
constexpr std::chrono::milliseconds long_enough_to_be_known{2000};

}  // namespace

StaffDevice::StaffDevice(Home opened, const Dial& dial, Clock& clock, const StaffPatience& patience,
                         const HomeState& state)
    : home(std::move(opened)),
      connection(dial(home)),
      notices(home.pin(), clock, state.mark),
      line(*connection, notices, clock, patience),
      patience_(patience) {}

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
  if (!device || !(*device)->home.keyring().successor) return device;
  const StaffPatience short_one{std::min(patience.answer, long_enough_to_be_known), 1, 1};
  for (const StaffPatience& each : {short_one, patience}) {
    if (answers(**device, each)) return device;
    (*device)->home.try_successor();
    device = with(std::move((*device)->home), dial, clock, patience);
    if (!device) return device;
    if (answers(**device, each)) {
      const auto settled = settle_device((*device)->home, (*device)->line, clock.now());
      if (!settled) return pass_on(settled.error());
      return device;
    }
    (*device)->home.take_own_keys();
    device = with(std::move((*device)->home), dial, clock, patience);
    if (!device) return device;
  }
  return device;  // nobody answers at all
}

bool StaffDevice::answers(StaffDevice& device, const StaffPatience& patience) {
  device.line.be_patient(patience);
  const bool answered = device.line.refresh().has_value();
  device.line.be_patient(device.patience_);
  return answered;
}

Outcome<void> StaffDevice::remember() const {
  return update_state(home, [&](HomeState& state) { state.mark = notices.mark(); });
}

}  // namespace meldpunt::client
