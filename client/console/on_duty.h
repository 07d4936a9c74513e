// Duty beside the desk's other work: one round at a time, as long as this device has the lease.
#pragma once

#include "client/console/workplace.h"
#include "client/lib/duty_rounds.h"

namespace meldpunt::console {

class OnDuty : private client::DutyWatcher {
 public:
  // Both must outlive it; `door` may be null.
  static client::Outcome<std::unique_ptr<OnDuty>> make(Workplace& place,
                                                       std::unique_ptr<client::Line> door);

  // EX_TEMPFAIL when it may be tried again.
  client::Outcome<void> round() { return rounds_.round(); }
  void end() { (void)rounds_.end(); }
  [[nodiscard]] std::chrono::milliseconds pause() const { return rounds_.pause(); }

 private:
  OnDuty(Workplace& place, std::unique_ptr<client::Line> door, std::uint32_t tick_written);

  void taken_in(const client::TakenInCounts& counts) override;
  void wrote(client::Written written) override;
  void alarm(const std::string& sentence) override;
  void waits(const std::string& sentence) override;

  Workplace& place_;
  std::unique_ptr<client::Line> door_;
  client::Duty duty_;
  client::DutyRounds rounds_;
};

}  // namespace meldpunt::console
