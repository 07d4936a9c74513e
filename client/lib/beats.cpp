#include "client/lib/beats.h"

#include <algorithm>
#include <utility>

namespace meldpunt::client {

using std::chrono::milliseconds;

namespace {

// A fifth of a beat is enough that beats of two visitors do not lock together, and leaves the rest
// of the beat for the answer and for what the next beat needs.
constexpr int jitter_part = 5;

constexpr std::chrono::seconds shortest_tick(60);  // whatever a daemon says

bool all_done(Beats::Errands errands) {
  return std::all_of(errands.begin(), errands.end(),
                     [](const Errand* errand) { return errand->done(); });
}

}  // namespace

Beats::Beats(NoticeSource& source, Rhythm rhythm, Draw draw, SessionView& view)
    : source_(source), rhythm_(rhythm), draw_(std::move(draw)), view_(view) {
  rhythm_.beat = std::max(rhythm_.beat, milliseconds(1));
  rhythm_.visit = std::max(rhythm_.visit, 2U);
  rhythm_.idle_visits = std::max(rhythm_.idle_visits, 1U);
}

void Beats::begin(Steady now) {
  start_ = now;
  beat_ = exchanges_ = idle_ = not_before_ = 0;
  visit_end_ = rhythm_.visit;
  stepped_ = false;
  fetch_notice_ = true;
  set_due();
}

const crypto::Frame& Beats::prepare(Errands errands) {
  waiting_ = {};
  const bool tick_over = rhythm_.follow_ticks && due_ >= notice_until_;
  if (fetch_notice_ || tick_over || source_.notice() == nullptr) {
    prepare_notice();
  } else if (beat_ < not_before_ || !prepare_errand(errands)) {
    prepare_random();
  }
  return *waiting_.frame;
}

void Beats::prepare_notice() {
  crypto::ask_for_notice(request_for_notice_);
  waiting_.frame = &request_for_notice_;
  waiting_.for_notice = true;
}

bool Beats::prepare_errand(Errands errands) {
  const auto next =
      std::find_if(errands.begin(), errands.end(), [](const Errand* e) { return !e->done(); });
  if (next == errands.end()) return false;
  const auto request = (*next)->prepare(*source_.notice());
  if (!request) return false;
  auto sealed = SealedRequest::seal(*request, source_.notice()->digest, source_.pin().region);
  if (!sealed) return false;
  waiting_.sealed.emplace(std::move(*sealed));
  waiting_.frame = &waiting_.sealed->frame();
  waiting_.errand = *next;
  return true;
}

void Beats::prepare_random() {
  crypto::Get get{crypto::MailboxKind::address, {}, 0};
  crypto::fill_random(get.name);
  auto sealed = SealedRequest::seal(get, source_.notice()->digest, source_.pin().region);
  if (!sealed) {
    // The notice's request key is no key. Its signature was good, so this is the daemon's fault;
    // the beat goes on.
    prepare_notice();
    return;
  }
  waiting_.sealed.emplace(std::move(*sealed));
  waiting_.frame = &waiting_.sealed->frame();
}

// Drawn once for each beat, at the same moment of every beat.
void Beats::set_due() {
  const auto range = static_cast<std::uint32_t>(rhythm_.beat.count() / jitter_part);
  const milliseconds jitter(range > 0 ? draw_(range) : 0);
  due_ = start_ + beat_ * rhythm_.beat + jitter;
}

void Beats::take(crypto::FrameView answer, Steady now) {
  heard_ = true;
  if (waiting_.for_notice) {
    handle_notice(answer, now);
  } else if (waiting_.sealed) {
    handle_response(answer);
  }
  waiting_ = {};
  move_on(true, now);
}

void Beats::not_delivered(Delivery why, Steady now) {
  view_.not_delivered(why);
  waiting_ = {};
  move_on(false, now);
}

void Beats::move_on(bool answered, Steady now) {
  const unsigned next = next_beat(now);
  // A dead line must not stretch the visit: its time-outs count as the beats they took.
  exchanges_ += answered ? 1 : next - beat_;
  beat_ = next;
  set_due();
  view_.beat_over(exchanges_);
}

void Beats::handle_notice(crypto::FrameView answer, Steady now) {
  const auto taken = source_.take(answer);
  if (!taken) {
    view_.notice_refused(taken.error());
    return;
  }
  fetch_notice_ = false;
  const std::chrono::seconds tick(source_.notice()->digest.tick_seconds);
  notice_until_ = now + std::max(tick, shortest_tick);
  view_.notice_taken(source_);
}

void Beats::handle_response(crypto::FrameView answer) {
  const auto response = waiting_.sealed->open(answer);
  if (!response) {
    fetch_notice_ = true;
    return;
  }
  if (response->status == crypto::Status::busy || response->status == crypto::Status::stale) {
    make_up_for(*response);
    return;
  }
  if (waiting_.errand == nullptr) return;
  waiting_.errand->answered(*response);
  stepped_ = true;
}

void Beats::make_up_for(const crypto::Response& response) {
  // A busy server may ask for more effort by now: the notice tells.
  fetch_notice_ = true;
  if (waiting_.errand == nullptr || response.status != crypto::Status::busy) return;
  const std::chrono::seconds wait(response.wait);
  const auto beats = (wait + rhythm_.beat - milliseconds(1)) / rhythm_.beat;
  not_before_ = beat_ + static_cast<unsigned>(std::max<std::int64_t>(beats, 1));
  view_.busy(wait);
}

unsigned Beats::next_beat(Steady now) const {
  // A line slower than the beat loses beats; it never has two requests on the way.
  const auto passed = std::max<std::int64_t>((now - start_) / rhythm_.beat, 0);
  return std::max(beat_ + 1, static_cast<unsigned>(passed) + 1);
}

std::optional<SessionEnd> Beats::ended(Errands errands) {
  while (exchanges_ >= visit_end_) {
    visit_end_ += rhythm_.visit;
    if (all_done(errands) && source_.notice() != nullptr) return SessionEnd::done;
    idle_ = std::exchange(stepped_, false) ? 0 : idle_ + 1;
    if (!heard_) return SessionEnd::unreachable;
    if (source_.notice() == nullptr) return SessionEnd::no_notice;
    if (idle_ == rhythm_.idle_visits) return SessionEnd::gave_up;
  }
  return std::nullopt;
}

void Beats::let_go(const Errand& errand) {
  if (waiting_.errand == &errand) waiting_.errand = nullptr;
}

void Beats::skip_to(Steady now) {
  if (due_ >= now) return;
  beat_ = next_beat(now);
  set_due();
}

void Beats::change_beat(milliseconds beat, Steady now) {
  beat = std::max(beat, milliseconds(1));
  const auto wait = not_before_ > beat_ ? (not_before_ - beat_) * rhythm_.beat : milliseconds(0);
  start_ = now;
  rhythm_.beat = beat;
  beat_ = 1;
  not_before_ = beat_ + static_cast<unsigned>((wait + beat - milliseconds(1)) / beat);
  set_due();
}

}  // namespace meldpunt::client
