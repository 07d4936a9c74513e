// An approver's work: what waits for a second person, as coordinators have asked it, and nothing
// else. What is asked lies on the server until it is answered; this device keeps no list.
#pragma once

#include "client/console/work.h"
#include "client/lib/approving.h"

namespace meldpunt::console {

struct ApproverPlace : StaffPlace {
  ApproverPlace(client::StaffDevice& its_device, client::Clock& its_clock)
      : StaffPlace(Role::approver, its_device, its_clock) {}

  std::optional<client::RosterHistory> rosters{};  // there once it starts
  nlohmann::json waiting = nlohmann::json::array();
  std::uint64_t changes = 0;  // of the list

  // Looks at everything that waits, then lets `answer` deal with one of them.
  using Answering = std::function<client::Outcome<void>(client::Approving& approving,
                                                        const client::RequestToSign& request)>;
  client::Outcome<void> collect();
  // EX_NOINPUT when it waits no longer.
  client::Outcome<void> answer(const std::string& id, const Answering& answer);

 private:
  client::Outcome<std::vector<client::RequestToSign>> look(client::Approving& approving);
  void show(const std::vector<client::RequestToSign>& requests, const std::string& but);
};

class ApproverWork : public StaffWork {
 public:
  ApproverWork(client::StaffDevice& device, client::Clock& clock)
      : StaffWork(device), place_(device, clock) {}

  [[nodiscard]] Place& place() override { return place_; }
  client::Outcome<void> start() override;
  client::Outcome<void> turn() override { return place_.collect(); }
  [[nodiscard]] client::Outcome<View> view() override;
  [[nodiscard]] std::uint64_t contents() const override { return place_.changes; }

 private:
  ApproverPlace place_;
};

}  // namespace meldpunt::console
