#include "client/console/desk.h"

#include <exception>
#include <utility>

#include "client/console/iso_time.h"

namespace meldpunt::console {

namespace {

using std::chrono::steady_clock;

}  // namespace

Desk::Desk(Begin begin, DeskSettings settings, std::function<void()> published)
    : begin_(std::move(begin)), settings_(std::move(settings)), published_(std::move(published)) {}

Desk::~Desk() { stop(); }

client::Outcome<void> Desk::start() {
  auto work = begin_();
  if (!work) return client::pass_on(work.error());
  work_ = std::move(*work);
  if (const auto started = work_->start(); !started) return client::pass_on(started.error());
  auto view = work_->view();
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
  work_->end();
  (void)work_->remember();
  for (const Waiting& waiting : jobs_) waiting.answer(refusal(503, "The console is ending."));
}

// The loop that owns a job ends the one and keeps the rest.
void Desk::do_job(const Waiting& waiting) {
  Response response;
  try {
    response = waiting.job(work_->place());
    publish();
  } catch (const std::exception&) {
    response = refusal(500, "Something went wrong inside the console. Start it again.");
  }
  waiting.answer(std::move(response));
}

void Desk::turn() {
  try {
    const auto done = work_->turn();
    hear(done);
    if (done) remember();
  } catch (const std::exception&) {
    add_alarm(work_->place().state, "journal",
              "Something went wrong inside the console. Start it again.");
    next_turn_ = steady_clock::now() + settings_.after_failure;
  }
  look_at_notice();
  publish();
}

void Desk::hear(const client::Outcome<void>& done) {
  DeskState& state = work_->place().state;
  state.online = done.has_value() || done.error().exit_code != EX_TEMPFAIL;
  work_->be_patient(state.online ? settings_.patience : settings_.while_away);
  // What passes is no fault; what was one, and cannot be asked about now, still is.
  if (done || state.online) {
    state.fault = done ? std::string() : done.error().sentence;
    state.removed = !done && done.error().exit_code == EX_NOPERM;
  }
  if (done) state.synced = work_->place().clock.now();
  next_turn_ =
      steady_clock::now() + (done ? work_->pause(settings_.sync_every) : settings_.after_failure);
}

void Desk::look_at_notice() {
  for (const std::string& warning : work_->warnings()) {
    add_alarm(work_->place().state, "notice", warning);
  }
}

Desk::Basis Desk::basis() const {
  const DeskState& state = work_->place().state;
  return {work_->contents(),
          work_->place().hour(),
          state.online,
          state.synced,
          state.alarms.size() + state.announcements.size() + state.unsent,
          state.fault};
}

void Desk::publish() {
  Place& place = work_->place();
  const Basis now = basis();
  if (now == shown_basis_) return;
  const Basis before = std::exchange(shown_basis_, now);
  // That the server was reached again is told, and nobody is woken for it.
  if (before.contents == now.contents && before.hour == now.hour && before.online == now.online &&
      before.told == now.told && before.fault == now.fault) {
    View view = *place.shown;
    view.state["synced"] = iso_time(now.synced);
    return set_view(std::move(view));
  }
  auto view = work_->view();
  if (!view) {
    add_alarm(place.state, "journal", view.error().sentence);
    return;
  }
  const bool same = looks_the_same(*view, *place.shown);
  view->version = place.shown->version + (same ? 0 : 1);
  set_view(std::move(*view));
  if (!same) published_();
}

void Desk::set_view(View view) {
  const auto made = std::make_shared<const View>(std::move(view));
  work_->place().shown = made;
  const std::lock_guard guard(mutex_);
  view_ = made;
}

// Once an hour at most, and when it ends: it is a write to the disk.
void Desk::remember() {
  const crypto::Hour hour = work_->place().hour();
  if (kept_at_ != hour && work_->remember()) kept_at_ = hour;
}

}  // namespace meldpunt::console
