#include "server/housekeeper.h"

#include <algorithm>

#include "server/log.h"

namespace meldpunt::server {

namespace {

constexpr std::chrono::milliseconds pause{200};
constexpr std::chrono::seconds tidy_at_least{30};
constexpr std::chrono::seconds look_at_most{30};
constexpr std::uint64_t tidy_after_writes = 2000;
constexpr std::uint64_t jump_seconds = 120;
constexpr crypto::Day early_alarm = 14;
constexpr crypto::Day late_alarm = 5;

}  // namespace

Housekeeper::Housekeeper(Parts parts, Rhythm rhythm)
    : parts_(parts), rhythm_(rhythm), reader_(parts_.store.reader()) {
  parts_.metrics.set(Gauge::generation, parts_.store.generation());
  parts_.metrics.set(Gauge::intake_quota, parts_.admission.quota());
  last_tidy_ = parts_.clock.steady();
  turn(last_tidy_);
  watch();
  thread_ = std::thread([this] { run(); });
  checker_ = std::thread([this] { run_checks(); });
}

Housekeeper::~Housekeeper() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
  checker_.join();
}

bool Housekeeper::sleep(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [&] { return ending_; });
}

bool Housekeeper::ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

void Housekeeper::run() {
  while (sleep(pause)) {
    try {
      const Moment now = parts_.clock.steady();
      if (parts_.keys.turn(now)) {
        tell(Event::request_key_renewed);
        turn(now);
      } else if (tick_is_due(now)) {
        turn(now);
      }
      watch();
      tidy();
    } catch (const StoreFailure& failure) {
      parts_.metrics.add(Count::store_failures);
      tell(Event::store_failed, failure.what());
    }
  }
}

// Also when the day changes, the wall clock jumps, or today's bundle arrives at last.
bool Housekeeper::tick_is_due(Moment now) const {
  if (now - last_tick_ >= rhythm_.tick || parts_.clock.day() != last_day_) return true;
  const auto since = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now - last_tick_).count());
  const std::uint64_t expected = last_wall_ + since;
  const std::uint64_t wall = parts_.clock.unix_seconds();
  if (std::max(wall, expected) - std::min(wall, expected) > jump_seconds) {
    tell(Event::clock_jumped);
    return true;
  }
  return parts_.tick.notice() == nullptr && parts_.authority.bundle(parts_.clock.day());
}

void Housekeeper::turn(Moment now) {
  last_tick_ = now;
  last_wall_ = parts_.clock.unix_seconds();
  last_day_ = static_cast<std::uint32_t>(last_wall_ / 86400);
  expire();
  const auto bundle = parts_.authority.bundle(last_day_);
  if (!bundle) {
    parts_.tick.withdraw();
    if (!told_missing_) tell(Event::bundle_missing);
    told_missing_ = true;
    return;
  }
  told_missing_ = false;
  std::vector<crypto::Address> living;
  for (const MailboxName& name : reader_->names(MailboxKind::address)) {
    living.push_back(crypto::Address{name});
  }
  parts_.metrics.set(Gauge::living_addresses, living.size());
  const std::uint8_t effort = parts_.admission.effort();
  parts_.metrics.set(Gauge::effort, effort);
  const auto key = parts_.keys.current();
  if (living.size() > crypto::digest_tags) {
    tell(Event::digest_full);
    living.resize(crypto::digest_tags);
  }
  if (!parts_.tick.turn({last_wall_, *bundle, living, effort, *key})) {
    tell(Event::bundle_missing);
    parts_.tick.withdraw();
  }
}

void Housekeeper::expire() {
  std::vector<Write> writes;
  for (const MailboxKind kind : {MailboxKind::address, MailboxKind::box}) {
    Write write;
    write.rule = Rule::expire;
    write.item.kind = kind;
    write.item.expires = parts_.clock.hour();
    writes.push_back(std::move(write));
  }
  // When the queue is full, the next tick expires what this one could not.
  static_cast<void>(parts_.writer.submit(std::move(writes), [](const WriterThread::Answer&) {}));
}

void Housekeeper::watch() {
  watch_bundles();
  watch_intake();
  const auto written = parts_.writer.counts();
  parts_.metrics.set(Gauge::work_waiting, parts_.work.size());
  parts_.metrics.set(Gauge::writes_waiting, written.waiting);
  parts_.metrics.add(Count::batches, written.batches - counted_batches_);
  counted_batches_ = written.batches;
  parts_.metrics.set(Gauge::roster_number, parts_.authority.roster()->number);
}

void Housekeeper::watch_bundles() {
  const crypto::Day today = parts_.clock.day();
  const crypto::Day left = parts_.authority.days_left(today);
  parts_.metrics.set(Gauge::bundle_days_left, left);
  if (left == 0 || left > early_alarm || told_day_ == today) return;
  // Once at 14 days, then daily from 5 on.
  if (left == early_alarm || left <= late_alarm || told_day_ == 0)
    tell(Event::bundles_run_out, left);
  told_day_ = today;
}

void Housekeeper::watch_intake() {
  const bool half = parts_.admission.half_full();
  const bool full = parts_.admission.full();
  if (full && !told_full_) tell(Event::intake_full);
  if (half && !told_half_ && !full) tell(Event::intake_half_full);
  told_full_ = full;
  told_half_ = half;
  parts_.metrics.set(Gauge::intake_items, parts_.admission.waiting());
  watch_oldest();
}

// Finding it reads an index of all that waits: with a million reports that is a third of a core
// when done at every pause.
void Housekeeper::watch_oldest() {
  const Moment moment = parts_.clock.steady();
  if (parts_.admission.waiting() == 0) {
    last_look_.reset();
    parts_.metrics.set(Gauge::intake_oldest_hours, 0);
    return;
  }
  if (last_look_ && moment - *last_look_ < look_at_most) return;
  last_look_ = moment;
  const auto oldest = reader_->oldest(MailboxKind::intake);
  const Hours now = parts_.clock.hour();
  parts_.metrics.set(Gauge::intake_oldest_hours, oldest && *oldest < now ? now - *oldest : 0);
}

void Housekeeper::tidy() {
  const std::uint64_t writes = parts_.writer.counts().writes;
  const Moment now = parts_.clock.steady();
  if (writes == tidied_writes_) return;
  if (writes - tidied_writes_ < tidy_after_writes && now - last_tidy_ < tidy_at_least) return;
  tidied_writes_ = writes;
  last_tidy_ = now;
  parts_.store.checkpoint();
}

void Housekeeper::run_checks() {
  if (rhythm_.check.count() == 0) return;
  Moment next = parts_.clock.steady();
  while (sleep(std::chrono::seconds(1))) {
    if (parts_.clock.steady() < next) continue;
    next = parts_.clock.steady() + rhythm_.check;
    check_once();
  }
}

void Housekeeper::check_once() {
  try {
    const auto findings = parts_.store.check([this] { return !ending(); });
    if (ending()) return;
    parts_.metrics.set(Gauge::damage_found, findings.size());
    parts_.metrics.add(Count::checks);
    for (const std::string& finding : findings) tell(Event::store_damaged, finding);
    if (findings.empty()) tell(Event::check_passed);
  } catch (const StoreFailure& failure) {
    parts_.metrics.set(Gauge::damage_found, 1);
    tell(Event::store_damaged, failure.what());
  }
}

}  // namespace meldpunt::server
