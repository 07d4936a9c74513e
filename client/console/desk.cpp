#include "client/console/desk.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "client/console/iso_time.h"
#include "client/console/unsent_deeds.h"

namespace meldpunt::console {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t announcements_most = 50;

}  // namespace

Desk::Desk(std::unique_ptr<client::StaffDevice> device, client::Clock& clock, DeskSettings settings,
           std::function<void()> published)
    : device_(std::move(device)),
      settings_(std::move(settings)),
      published_(std::move(published)),
      place_{*device_, clock},
      kept_mark_(device_->notices.mark()) {
  place_.zaak = settings_.zaak;
  device_->casework->tell_heads([this](client::Position position, const crypto::EventHead& head) {
    place_.log.take(position, head);
  });
}

Desk::~Desk() { stop(); }

client::Outcome<void> Desk::start() {
  device_->line.be_patient(settings_.while_away);
  if (const auto recalled = device_->casework->recall(); !recalled) {
    return client::pass_on(recalled.error());
  }
  auto outbox = client::Outbox::open(device_->home);
  if (!outbox) return client::pass_on(outbox.error());
  place_.state.unsent = outbox->unsent().size();
  place_.outbox.emplace(std::move(*outbox));
  auto notes = client::PersonalNotes::open(device_->home);
  if (!notes) return client::pass_on(notes.error());
  place_.notes.emplace(std::move(*notes));
  if (settings_.duty) {
    auto duty = OnDuty::make(place_, settings_.door ? settings_.door() : nullptr);
    if (!duty) return client::pass_on(duty.error());
    duty_ = std::move(*duty);
  }
  auto view = make_view(place_.casework(), place_.log, place_.state, place_.hour());
  if (!view) return client::pass_on(view.error());
  set_view(std::move(*view));
  thread_ = std::thread([this] { run(); });
  return {};
}

void Desk::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<const View> Desk::view() const {
  const std::lock_guard guard(mutex_);
  return view_;
}

void Desk::ask(Job job, Answer answer) {
  {
    const std::lock_guard guard(mutex_);
    if (!stopping_ && jobs_.size() < jobs_most) {
      jobs_.push_back({std::move(job), std::move(answer)});
      woken_.notify_one();
      return;
    }
  }
  answer(refusal(503, "The console is busy. Try again in a moment."));
}

void Desk::hurry() {
  const std::lock_guard guard(mutex_);
  hurried_ = true;
  woken_.notify_one();
}

std::optional<Desk::Waiting> Desk::next_job(Time until) {
  std::unique_lock lock(mutex_);
  woken_.wait_until(lock, until, [this] { return stopping_ || hurried_ || !jobs_.empty(); });
  if (std::exchange(hurried_, false)) next_turn_ = {};
  if (stopping_ || jobs_.empty()) return std::nullopt;
  Waiting waiting = std::move(jobs_.front());
  jobs_.pop_front();
  return waiting;
}

void Desk::run() {
  for (;;) {
    const auto job = next_job(next_turn_);
    {
      const std::lock_guard guard(mutex_);
      if (stopping_) break;
    }
    if (job) {
      do_job(*job);
    } else if (steady_clock::now() >= next_turn_) {
      turn();
    }
  }
  if (duty_) duty_->end();
  (void)device_->remember();
  for (const Waiting& waiting : jobs_) waiting.answer(refusal(503, "The console is ending."));
}

// The loop that owns a job ends the one and keeps the rest.
void Desk::do_job(const Waiting& waiting) {
  Response response;
  try {
    response = waiting.job(place_);
    publish();
  } catch (const std::exception&) {
    response = refusal(500, "Something went wrong inside the console. Start it again.");
  }
  waiting.answer(std::move(response));
}

void Desk::turn() {
  try {
    const auto done = sync();
    hear(done);
  } catch (const std::exception&) {
    add_alarm(place_.state, "journal", "Something went wrong inside the console. Start it again.");
    next_turn_ = steady_clock::now() + settings_.after_failure;
  }
  collect_announcements();
  publish();
}

client::Outcome<void> Desk::sync() {
  const auto synced = place_.casework().sync();
  collect_announcements();  // a round of duty would tell them as alarms
  if (!synced) return client::pass_on(synced.error());
  if (const auto gone = place_.notes->forget_erased(place_.casework().vault_history()); !gone) {
    return client::pass_on(gone.error());
  }
  if (const auto sent = send_unsent(place_); !sent) return client::pass_on(sent.error());
  if (duty_) {
    if (const auto done = duty_->round(); !done) return client::pass_on(done.error());
  }
  remember();
  return {};
}

void Desk::hear(const client::Outcome<void>& done) {
  DeskState& state = place_.state;
  state.online = done.has_value() || done.error().exit_code != EX_TEMPFAIL;
  device_->line.be_patient(state.online ? settings_.patience : settings_.while_away);
  // What passes is no fault; what was one, and cannot be asked about now, still is.
  if (done || state.online) {
    state.fault = done ? std::string() : done.error().sentence;
    state.removed = !done && done.error().exit_code == EX_NOPERM;
  }
  if (done) state.synced = place_.clock.now();
  const milliseconds pause =
      duty_ ? std::min(settings_.sync_every, duty_->pause()) : settings_.sync_every;
  next_turn_ = steady_clock::now() + (done ? pause : settings_.after_failure);
}

void Desk::collect_announcements() {
  for (const client::NoticeAlarm alarm : device_->notices.alarms()) {
    add_alarm(place_.state, "notice", client::describe(alarm));
  }
  auto& told = place_.state.announcements;
  for (std::string& sentence : device_->casework->take_announcements()) {
    if (told.size() == announcements_most) told.erase(told.begin());
    told.push_back(std::move(sentence));
  }
}

Desk::Basis Desk::basis() const {
  const DeskState& state = place_.state;
  const client::Casework& casework = place_.casework();
  return {casework.journal().size(),
          place_.hour(),
          casework.rosters().empty() ? 0 : casework.rosters().newest().number,
          state.online,
          state.synced,
          state.alarms.size() + state.announcements.size() + state.unsent,
          state.fault};
}

void Desk::publish() {
  const Basis now = basis();
  if (now == shown_basis_) return;
  const Basis before = std::exchange(shown_basis_, now);
  // That the server was reached again is told, and nobody is woken for it.
  if (before.events == now.events && before.hour == now.hour && before.roster == now.roster &&
      before.online == now.online && before.told == now.told && before.fault == now.fault) {
    View view = *place_.shown;
    view.state["synced"] = iso_time(now.synced);
    return set_view(std::move(view));
  }
  auto view = make_view(place_.casework(), place_.log, place_.state, place_.hour());
  if (!view) {
    add_alarm(place_.state, "journal", view.error().sentence);
    return;
  }
  const bool same = looks_the_same(*view, *place_.shown);
  view->version = place_.shown->version + (same ? 0 : 1);
  set_view(std::move(*view));
  if (!same) published_();
}

void Desk::set_view(View view) {
  const auto made = std::make_shared<const View>(std::move(view));
  place_.shown = made;
  const std::lock_guard guard(mutex_);
  view_ = made;
}

// Once an hour at most, and when it ends: it is a write to the disk.
void Desk::remember() {
  if (kept_at_ == place_.hour() || device_->notices.mark() == kept_mark_) return;
  if (!device_->remember()) return;
  kept_mark_ = device_->notices.mark();
  kept_at_ = place_.hour();
}

}  // namespace meldpunt::console
