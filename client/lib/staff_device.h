// One enrolled device at work: its home, the line to the staff endpoint, and the casework over
// both. It stays where it is made: its parts know each other.
//
// While new keys of the device wait for a roster, the server may know only those by now: both are
// tried, for a moment each first, so that whichever it knows need not wait for the other.
#pragma once

#include <functional>
#include <memory>

#include "client/lib/casework.h"
#include "client/lib/home_state.h"

namespace meldpunt::client {

class StaffDevice {
 public:
  // Makes the line with the keys that the home has at that time.
  using Dial = std::function<std::unique_ptr<Line>(const Home& home)>;

  // Nobody has been talked to yet, unless there are new keys. The clock must outlive it.
  static Outcome<std::unique_ptr<StaffDevice>> open(Home home, const Dial& dial, Clock& clock,
                                                    const StaffPatience& patience);

  StaffDevice(const StaffDevice&) = delete;
  StaffDevice& operator=(const StaffDevice&) = delete;
  ~StaffDevice() = default;

  Home home;
  std::unique_ptr<Line> connection;
  NoticeSource notices;
  StaffLine line;
  std::unique_ptr<Casework> casework;

  // What must not run backwards is kept for the next time.
  Outcome<void> remember() const;

 private:
  StaffDevice(Home opened, const Dial& dial, Clock& clock, const StaffPatience& patience,
              const HomeState& state);
  static Outcome<std::unique_ptr<StaffDevice>> with(Home home, const Dial& dial, Clock& clock,
                                                    const StaffPatience& patience);
};

}  // namespace meldpunt::client
