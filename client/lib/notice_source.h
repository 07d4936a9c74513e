// The notice as this device has seen it: checked against the pin, and against what was seen before.
//
// A daemon that was restored says so by a higher generation. One that falls means that somebody
// serves an older state, and that is an alarm for people, not an error to retry. The same holds for
// time or tick running backwards.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/lib/clock.h"
#include "client/lib/transport.h"
#include "crypto/result.h"
#include "crypto/wire/notice.h"

namespace meldpunt::client {

// What must not run backwards from one notice to the next; a device that has a home keeps it there.
struct NoticeMark {
  std::uint32_t generation = 0;  // the daemon's
  std::uint64_t time = 0;
  crypto::Day day = 0;  // of the bundle
  std::uint32_t bundle_generation = 0;
  friend bool operator==(const NoticeMark&, const NoticeMark&) = default;
};

enum class NoticeAlarm : std::uint8_t {
  generation_fell,  // of the daemon
  bundle_fell,      // an older bundle than was seen before
  time_fell,        // by more than a quarter of an hour, without a restore
};

// One sentence for the person at the keyboard.
[[nodiscard]] std::string describe(NoticeAlarm alarm);

class NoticeSource {
 public:
  static constexpr std::chrono::seconds clock_tolerance = std::chrono::minutes(15);

  // `clock` must outlive it. `mark`: from the last time, if there was one.
  NoticeSource(crypto::Pin pin, const WallClock& clock, NoticeMark mark = {});

  // Checks and keeps one answer to ask_for_notice(). After an error the notice before stays.
  crypto::Result<void> take(crypto::FrameView answer);

  // Null until one was taken.
  [[nodiscard]] const crypto::Notice* notice() const { return notice_.get(); }
  [[nodiscard]] const crypto::Pin& pin() const { return pin_; }
  // What is remembered: the highest generations, the newest time.
  [[nodiscard]] const NoticeMark& mark() const { return mark_; }
  // About the notice that was taken last.
  [[nodiscard]] const std::vector<NoticeAlarm>& alarms() const { return alarms_; }

  // The daemon's time, moved on by what has passed since; this device's own before any notice.
  [[nodiscard]] std::chrono::seconds daemon_time() const;
  // How far the daemon's clock was ahead of ours when the notice came.
  [[nodiscard]] std::chrono::seconds clock_offset() const { return offset_; }
  [[nodiscard]] bool clock_is_off() const { return std::chrono::abs(offset_) > clock_tolerance; }

 private:
  void compare(const NoticeMark& now);

  crypto::Pin pin_;
  const WallClock& clock_;
  NoticeMark mark_;
  std::unique_ptr<crypto::Notice> notice_;
  std::vector<NoticeAlarm> alarms_;
  std::chrono::seconds offset_{0};
};

struct NoticeFailure {
  Delivery delivery = Delivery::answered;
  crypto::Error error{};  // when it was answered
};

// One exchange on a line of which nobody watches the rhythm: staff's, or doctor's.
[[nodiscard]] tl::expected<void, NoticeFailure> fetch_notice(NoticeSource& source, Line& line,
                                                             std::chrono::milliseconds patience);

}  // namespace meldpunt::client
