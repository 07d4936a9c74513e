// The rhythm of duty: hold the lease, take in what waits, write one address a tick, look at the
// public door once a tick; until told to stop.
//
// A device that takes the lease over in the middle of a tick leaves that tick alone: the one before
// it may have written its address. (With `once`, a script decides, and knows.)
#pragma once

#include <functional>
#include <memory>

#include "client/lib/duty.h"

namespace meldpunt::client {

// What happened, as it happens.
class DutyWatcher {
 public:
  DutyWatcher() = default;
  DutyWatcher(const DutyWatcher&) = delete;
  DutyWatcher& operator=(const DutyWatcher&) = delete;
  virtual ~DutyWatcher() = default;

  virtual void taken_in(const TakenInCounts& counts) = 0;  // only when something was
  // From the staff's box; only when something was.
  virtual void received(const StaffBoxCounts& /*counts*/) {}
  virtual void wrote(Written written) = 0;
  virtual void alarm(const std::string& sentence) = 0;
  // Another device is on duty, or the server cannot be reached; tried again later.
  virtual void waits(const std::string& sentence) = 0;
};

struct DutyRhythm {
  bool once = false;
  std::chrono::milliseconds look_every{2000};  // for new reports; never longer than half a tick
  std::chrono::milliseconds after_failure{5000};
  std::chrono::milliseconds patience{10'000};  // for the public door
};

// All references must outlive it; `door` may be null: the public door is then not looked at.
class DutyRounds {
 public:
  DutyRounds(Duty& duty, Casework& casework, StaffLine& line, Clock& clock, Line* door,
             DutyWatcher& watcher, DutyRhythm rhythm)
      : duty_(duty),
        casework_(casework),
        line_(line),
        clock_(clock),
        door_(door),
        watcher_(watcher),
        rhythm_(rhythm) {}

  // Until stop() is true, or after one round. Gives the lease back. Failures that pass
  // (EX_TEMPFAIL) are waited out; any other ends duty.
  Outcome<void> run(const std::function<bool()>& stop);

  // For who keeps the rhythm: one round, and giving back the lease at the end. What went wrong in a
  // round may be tried again when it passes (EX_TEMPFAIL).
  Outcome<void> round();
  Outcome<void> end();
  [[nodiscard]] bool on_duty() const { return holds_; }
  // Until the next round.
  [[nodiscard]] std::chrono::milliseconds pause() const;

 private:
  Outcome<void> hold();
  Outcome<void> at_tick();
  void tell_announcements();
  void sleep(std::chrono::milliseconds duration, const std::function<bool()>& stop);

  Duty& duty_;
  Casework& casework_;
  StaffLine& line_;
  Clock& clock_;
  Line* door_;
  DutyWatcher& watcher_;
  DutyRhythm rhythm_;
  bool holds_ = false;
  bool told_elsewhere_ = false;
  std::uint32_t passed_tick_ = 0;  // the last tick that is done with
  Clock::Steady next_tick_{};
};

}  // namespace meldpunt::client
