#include "client/lib/duty_rounds.h"

#include <algorithm>

namespace meldpunt::client {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds slice{100};  // how long a stop may go unnoticed

}  // namespace

Outcome<void> DutyRounds::run(const std::function<bool()>& stop) {
  Outcome<void> result;
  while (!stop()) {
    const auto done = round();
    if (!done && (rhythm_.once || done.error().exit_code != EX_TEMPFAIL)) {
      result = pass_on(done.error());
      break;
    }
    if (rhythm_.once) break;
    if (!done) watcher_.waits(done.error().sentence);
    sleep(done ? pause() : rhythm_.after_failure, stop);
  }
  const auto given = end();
  if (!given && result) return pass_on(given.error());
  return result;
}

Outcome<void> DutyRounds::end() {
  if (!std::exchange(holds_, false)) return {};
  return duty_.give_up();
}

// Renews the lease when it is time.
Outcome<void> DutyRounds::hold() {
  if (holds_ && clock_.steady() < duty_.renew_at()) return {};
  const auto lease = duty_.hold();
  if (!lease) return pass_on(lease.error());
  const bool before = std::exchange(holds_, *lease == Lease::ours);
  if (!holds_) {
    if (rhythm_.once) return problem(EX_TEMPFAIL, "another device is on duty: try again later");
    if (!std::exchange(told_elsewhere_, true)) watcher_.waits("another device is on duty");
    return {};
  }
  told_elsewhere_ = false;
  if (before || rhythm_.once) return {};
  const auto notice = line_.notice();
  if (!notice) return pass_on(notice.error());
  passed_tick_ = (*notice)->digest.tick;
  return {};
}

Outcome<void> DutyRounds::round() {
  if (const auto held = hold(); !held) return pass_on(held.error());
  if (!holds_) return {};
  const auto counts = duty_.take_in();
  tell_announcements();
  if (!counts) return pass_on(counts.error());
  if (counts->fresh + counts->junk + counts->without_secret > 0) watcher_.taken_in(*counts);
  const auto received = duty_.take_staff_box();
  for (const std::string& alarm : duty_.take_alarms()) watcher_.alarm(alarm);
  if (!received) return pass_on(received.error());
  if (received->fresh + received->doubted > 0) watcher_.received(*received);
  return at_tick();
}

Outcome<void> DutyRounds::at_tick() {
  if (!rhythm_.once && clock_.steady() < next_tick_) return {};
  if (const auto fetched = line_.refresh(); !fetched) return pass_on(fetched.error());
  for (const NoticeAlarm alarm : line_.notices().alarms()) watcher_.alarm(describe(alarm));
  const auto notice = line_.notice();
  if (!notice) return pass_on(notice.error());
  const crypto::Digest& digest = (*notice)->digest;
  if (!rhythm_.once && digest.tick == passed_tick_) {
    // The tick ends tick_seconds after it began; the daemon does not say when, so it is asked often
    // enough to be at most a quarter late.
    next_tick_ = clock_.steady() + milliseconds(digest.tick_seconds * 250);
    return {};
  }
  const auto written = duty_.write_address();
  for (const std::string& alarm : duty_.take_alarms()) watcher_.alarm(alarm);
  if (!written) return pass_on(written.error());
  passed_tick_ = digest.tick;
  next_tick_ = clock_.steady() + milliseconds(digest.tick_seconds * 750);
  watcher_.wrote(*written);
  if (door_ == nullptr) return {};
  const auto alarms = duty_.check_public_notice(*door_, rhythm_.patience);
  if (!alarms) return pass_on(alarms.error());
  for (const std::string& alarm : *alarms) watcher_.alarm(alarm);
  return {};
}

void DutyRounds::tell_announcements() {
  for (const std::string& sentence : casework_.take_announcements()) watcher_.alarm(sentence);
}

milliseconds DutyRounds::pause() const {
  const auto* notice = line_.notices().notice();
  if (notice == nullptr) return rhythm_.look_every;
  return std::min(rhythm_.look_every, milliseconds(notice->digest.tick_seconds * 250));
}

void DutyRounds::sleep(milliseconds duration, const std::function<bool()>& stop) {
  const Clock::Steady end = clock_.steady() + duration;
  while (!stop() && clock_.steady() < end) {
    clock_.sleep_until(std::min(end, clock_.steady() + slice));
  }
}

}  // namespace meldpunt::client
