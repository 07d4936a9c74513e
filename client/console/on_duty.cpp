#include "client/console/on_duty.h"

namespace meldpunt::console {

namespace {

client::DutyRhythm rhythm_beside_the_desk() {
  client::DutyRhythm rhythm;
  rhythm.patience = std::chrono::milliseconds(3000);  // a job may wait
  return rhythm;
}

}  // namespace

OnDuty::OnDuty(Workplace& place, std::unique_ptr<client::Line> door, std::uint32_t tick_written)
    : place_(place),
      door_(std::move(door)),
      duty_(place.device.home, place.casework(), place.device.line, place.clock, tick_written),
      rounds_(duty_, place.casework(), place.device.line, place.clock, door_.get(), *this,
              rhythm_beside_the_desk()) {}

client::Outcome<std::unique_ptr<OnDuty>> OnDuty::make(Workplace& place,
                                                      std::unique_ptr<client::Line> door) {
  const auto state = client::read_state(place.device.home);
  if (!state) return client::pass_on(state.error());
  return std::unique_ptr<OnDuty>(new OnDuty(place, std::move(door), state->tick_written));
}

// What came stands in the journal, and so in the next view.
void OnDuty::taken_in(const client::TakenInCounts& /*counts*/) {}

void OnDuty::wrote(client::Written /*written*/) {}

void OnDuty::alarm(const std::string& sentence) { add_alarm(place_.state, "duty", sentence); }

void OnDuty::waits(const std::string& sentence) { add_alarm(place_.state, "duty", sentence); }

}  // namespace meldpunt::console
