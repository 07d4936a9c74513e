#include "server/gateway/notice_memory.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace meldpunt::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds pause{1};

// The daemon looks at its clock five times a second.
constexpr milliseconds after_the_tick{300};

// A notice is made at the beginning of a tick, by a clock of whole seconds.
Duration left_of(const crypto::Digest& digest, std::uint64_t unix_seconds) {
  const seconds tick(digest.tick_seconds);
  const auto age = static_cast<std::int64_t>(unix_seconds) - static_cast<std::int64_t>(digest.time);
  return std::clamp<Duration>(tick - seconds(age), seconds(0), tick) + after_the_tick;
}

}  // namespace

bool NoticeMemory::take(std::shared_ptr<const crypto::Frame> answer, Time now,
                        std::uint64_t unix_seconds) {
  const auto notice = crypto::verify_notice(*answer, pin_);
  if (!notice) {
    missed(now);
    return false;
  }
  const bool same = current_ != nullptr && notice->digest.tick == tick_;
  const Duration sixteenth = seconds(notice->digest.tick_seconds) / 16;
  next_ = now + (same ? std::clamp<Duration>(sixteenth, milliseconds(200), seconds(60))
                      : left_of(notice->digest, unix_seconds));
  tick_ = notice->digest.tick;
  current_ = std::move(answer);
  return true;
}

void NoticeMemory::missed(Time now) { next_ = now + pause; }

void NoticeMemory::forget(Time now) {
  current_.reset();
  next_ = now;
}

}  // namespace meldpunt::gateway
