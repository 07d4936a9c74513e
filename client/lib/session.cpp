#include "client/lib/session.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace meldpunt::client {

using std::chrono::milliseconds;

namespace {

// A fifth of a beat is enough that beats of two visitors do not lock together, and leaves the rest
// of the beat for the answer and for what the next beat needs.
constexpr int jitter_part = 5;

bool all_done(std::span<Errand* const> errands) {
  return std::ranges::all_of(errands, [](const Errand* errand) { return errand->done(); });
}

}  // namespace

Session::Session(Line& line, NoticeSource& source, Clock& clock, Rhythm rhythm, Draw draw,
                 SessionView& view)
    : line_(line),
      source_(source),
      clock_(clock),
      rhythm_(rhythm),
      draw_(std::move(draw)),
      view_(view) {
  rhythm_.beat = std::max(rhythm_.beat, milliseconds(1));
  rhythm_.visit = std::max(rhythm_.visit, 2U);
  rhythm_.idle_visits = std::max(rhythm_.idle_visits, 1U);
}

SessionEnd Session::run(std::span<Errand* const> errands) {
  start_ = clock_.steady();
  beat_ = exchanges_ = not_before_ = 0;
  fetch_notice_ = true;
  unsigned idle = 0;
  for (unsigned end = rhythm_.visit;; end += rhythm_.visit) {
    stepped_ = false;
    while (exchanges_ < end) {
      prepare(errands);
      wait_for_next_beat();
      const bool answered = exchange();
      const unsigned next = next_beat();
      // A dead line must not stretch the visit: its time-outs count as the beats they took.
      exchanges_ += answered ? 1 : next - beat_;
      beat_ = next;
      view_.beat_over(exchanges_);
    }
    if (all_done(errands) && source_.notice() != nullptr) return SessionEnd::done;
    idle = stepped_ ? 0 : idle + 1;
    if (!heard_) return SessionEnd::unreachable;
    if (source_.notice() == nullptr) return SessionEnd::no_notice;
    if (idle == rhythm_.idle_visits) return SessionEnd::gave_up;
  }
}

void Session::prepare(std::span<Errand* const> errands) {
  waiting_ = {};
  if (fetch_notice_ || source_.notice() == nullptr) {
    crypto::ask_for_notice(request_for_notice_);
    waiting_.frame = &request_for_notice_;
    waiting_.for_notice = true;
    return;
  }
  if (beat_ < not_before_ || !prepare_errand(errands)) prepare_random();
}

bool Session::prepare_errand(std::span<Errand* const> errands) {
  const auto next = std::ranges::find_if(errands, [](const Errand* e) { return !e->done(); });
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

void Session::prepare_random() {
  crypto::Get get{crypto::MailboxKind::address, {}, 0};
  crypto::fill_random(get.name);
  auto sealed = SealedRequest::seal(get, source_.notice()->digest, source_.pin().region);
  if (!sealed) {
    // The notice's request key is no key. Its signature was good, so this is the daemon's fault;
    // the beat goes on.
    crypto::ask_for_notice(request_for_notice_);
    waiting_.frame = &request_for_notice_;
    waiting_.for_notice = true;
    return;
  }
  waiting_.sealed.emplace(std::move(*sealed));
  waiting_.frame = &waiting_.sealed->frame();
}

void Session::wait_for_next_beat() {
  const auto range = static_cast<std::uint32_t>(rhythm_.beat.count() / jitter_part);
  const milliseconds jitter(range > 0 ? draw_(range) : 0);
  clock_.sleep_until(start_ + beat_ * rhythm_.beat + jitter);
}

bool Session::exchange() {
  const Delivery delivery = line_.exchange(answer_, *waiting_.frame, rhythm_.patience);
  if (delivery != Delivery::answered) {
    view_.not_delivered(delivery);
    return false;
  }
  heard_ = true;
  if (waiting_.for_notice) {
    handle_notice();
  } else {
    handle_response();
  }
  return true;
}

void Session::handle_notice() {
  const auto taken = source_.take(answer_);
  if (!taken) {
    view_.notice_refused(taken.error());
    return;
  }
  fetch_notice_ = false;
  view_.notice_taken(source_);
}

void Session::handle_response() {
  const auto response = waiting_.sealed->open(answer_);
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

void Session::make_up_for(const crypto::Response& response) {
  // A busy server may ask for more effort by now: the notice tells.
  fetch_notice_ = true;
  if (waiting_.errand == nullptr || response.status != crypto::Status::busy) return;
  const std::chrono::seconds wait(response.wait);
  const auto beats = (wait + rhythm_.beat - milliseconds(1)) / rhythm_.beat;
  not_before_ = beat_ + static_cast<unsigned>(std::max<std::int64_t>(beats, 1));
  view_.busy(wait);
}

unsigned Session::next_beat() const {
  // A line slower than the beat loses beats; it never has two requests on the way.
  const auto passed = (clock_.steady() - start_) / rhythm_.beat;
  return std::max(beat_ + 1, static_cast<unsigned>(passed) + 1);
}

Session::Draw random_draw() {
  return [](std::uint32_t limit) { return randombytes_uniform(limit); };
}

}  // namespace meldpunt::client
