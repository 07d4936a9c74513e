// A partner's work: what coordinators have sent to this organisation's device, and its answers.
#pragma once

#include "client/console/work.h"
#include "client/lib/inbox.h"

namespace meldpunt::console {

struct PartnerPlace : StaffPlace {
  PartnerPlace(client::StaffDevice& its_device, client::Clock& its_clock)
      : StaffPlace(Role::partner, its_device, its_clock) {}

  std::unique_ptr<client::Inbox> inbox{};  // there once it starts

  // Takes in what came, and sends answers that wait.
  client::Outcome<void> collect();
};

class PartnerWork : public StaffWork {
 public:
  PartnerWork(client::StaffDevice& device, client::Clock& clock)
      : StaffWork(device), place_(device, clock) {}

  [[nodiscard]] Place& place() override { return place_; }
  client::Outcome<void> start() override;
  client::Outcome<void> turn() override { return place_.collect(); }
  [[nodiscard]] client::Outcome<View> view() override;
  [[nodiscard]] std::uint64_t contents() const override { return place_.inbox->records(); }

 private:
  PartnerPlace place_;
};

}  // namespace meldpunt::console
