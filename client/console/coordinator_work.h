// A coordinator's work: the journal, what was written without the line, and duty where it was asked
// for.
#pragma once

#include "client/console/on_duty.h"
#include "client/console/work.h"

namespace meldpunt::console {

class CoordinatorWork : public StaffWork {
 public:
  CoordinatorWork(client::StaffDevice& device, client::Clock& clock, const WorkSettings& settings);

  [[nodiscard]] Place& place() override { return place_; }
  // EX_TEMPFAIL where a key that is not on the disk has to be asked for, and nobody answers.
  client::Outcome<void> start() override;
  client::Outcome<void> turn() override;
  [[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds otherwise) const override;
  void end() override;
  [[nodiscard]] client::Outcome<View> view() override;
  [[nodiscard]] std::uint64_t contents() const override;

 private:
  WorkSettings settings_;
  Workplace place_;
  std::unique_ptr<OnDuty> duty_;
};

}  // namespace meldpunt::console
