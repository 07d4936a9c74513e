// What every desk works with, whoever sits there: the clock, how the line stands, and what the
// screens show. Each role's own work adds to it (workplace.h, partner_work.h, approver_work.h,
// receiver_work.h). Jobs get it one after the other; nobody else touches it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/console/view.h"
#include "client/lib/staff_device.h"

namespace meldpunt::console {

enum class Role : std::uint8_t { coordinator, partner, approver, receiver };

struct Place {
  // The clock must outlive it.
  Place(Role whose, client::Clock& its_clock) : role(whose), clock(its_clock) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  const Role role;
  client::Clock& clock;
  DeskState state{};
  std::shared_ptr<const View> shown{};  // the newest view

  [[nodiscard]] crypto::Hour hour() const { return client::hour_of(clock.now()); }
  // What a person should be told; of many the oldest go.
  void tell(std::vector<std::string> sentences);
};

// Of a device that a region's server knows.
struct StaffPlace : Place {
  // Both must outlive it.
  StaffPlace(Role whose, client::StaffDevice& its_device, client::Clock& its_clock)
      : Place(whose, its_clock), device(its_device) {}

  client::StaffDevice& device;
};

// Adds an alarm that is not there yet; of many the oldest go.
void add_alarm(DeskState& state, const std::string& kind, const std::string& sentence);

}  // namespace meldpunt::console
