#include "client/console/coordinator_work.h"

#include <algorithm>

#include "client/console/unsent_deeds.h"

namespace meldpunt::console {

CoordinatorWork::CoordinatorWork(client::StaffDevice& device, client::Clock& clock,
                                 const WorkSettings& settings)
    : StaffWork(device), settings_(settings), place_(device, clock) {
  place_.zaak = settings.zaak;
  device.casework->tell_heads([this](client::Position position, const crypto::EventHead& head) {
    place_.log.take(position, head);
  });
}

client::Outcome<void> CoordinatorWork::start() {
  if (const auto recalled = place_.casework().recall(); !recalled) {
    return client::pass_on(recalled.error());
  }
  auto terms = client::Terms::of_home(place_.device.home.path());
  if (!terms) return client::pass_on(terms.error());
  place_.terms = std::move(*terms);
  auto outbox = client::Outbox::open(place_.device.home);
  if (!outbox) return client::pass_on(outbox.error());
  place_.state.unsent = outbox->unsent().size();
  place_.outbox.emplace(std::move(*outbox));
  auto notes = client::PersonalNotes::open(place_.device.home);
  if (!notes) return client::pass_on(notes.error());
  place_.notes.emplace(std::move(*notes));
  if (!settings_.duty) return {};
  auto duty = OnDuty::make(place_, settings_.door ? settings_.door() : nullptr);
  if (!duty) return client::pass_on(duty.error());
  duty_ = std::move(*duty);
  return {};
}

client::Outcome<void> CoordinatorWork::turn() {
  const auto synced = place_.casework().sync();
  place_.tell(place_.casework().take_announcements());  // a round of duty would tell them as alarms
  if (!synced) return client::pass_on(synced.error());
  if (const auto gone = place_.notes->forget_erased(place_.casework().vault_history()); !gone) {
    return client::pass_on(gone.error());
  }
  if (const auto sent = send_unsent(place_); !sent) return client::pass_on(sent.error());
  if (!duty_) return {};
  auto done = duty_->round();
  place_.tell(place_.casework().take_announcements());
  return done;
}

std::chrono::milliseconds CoordinatorWork::pause(std::chrono::milliseconds otherwise) const {
  return duty_ ? std::min(otherwise, duty_->pause()) : otherwise;
}

void CoordinatorWork::end() {
  if (duty_) duty_->end();
}

client::Outcome<View> CoordinatorWork::view() {
  place_.tell(place_.casework().take_announcements());  // of a job
  return make_view(place_.casework(), place_.terms, place_.log, place_.state, place_.hour());
}

// A newer roster changes who may be asked, without an event.
std::uint64_t CoordinatorWork::contents() const {
  const client::Casework& casework = place_.casework();
  const std::uint64_t roster = casework.rosters().empty() ? 0 : casework.rosters().newest().number;
  return (std::uint64_t{casework.journal().size()} << 16) + roster;
}

}  // namespace meldpunt::console
