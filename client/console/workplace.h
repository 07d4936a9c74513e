// What the desk's thread works with: the device, what it knows of the journal, and what was
// prepared and not sent yet. Jobs get it one after the other; nobody else touches it.
#pragma once

#include <map>
#include <optional>

#include "client/console/view.h"
#include "client/lib/outbox.h"
#include "client/lib/staff_device.h"

namespace meldpunt::console {

// An escalation that was shown, and waits for "send it". A ticket is good once, and not for long.
class Tickets {
 public:
  struct Prepared {
    crypto::CaseId subject;
    crypto::Escalation escalation;
  };

  // The number that sends it.
  [[nodiscard]] std::string keep(Prepared prepared);
  [[nodiscard]] std::optional<Prepared> take(const std::string& ticket);

 private:
  static constexpr std::size_t most = 16;
  std::map<std::string, Prepared> waiting_;
  std::vector<std::string> order_;
};

struct Workplace {
  client::StaffDevice& device;
  client::Clock& clock;
  EventLog log;
  DeskState state;
  Tickets tickets;
  std::optional<client::Outbox> outbox;  // of what is written in case files; there once it starts
  std::shared_ptr<const View> shown;     // the newest view

  [[nodiscard]] client::Casework& casework() const { return *device.casework; }
  [[nodiscard]] crypto::Hour hour() const { return client::hour_of(clock.now()); }
};

}  // namespace meldpunt::console
