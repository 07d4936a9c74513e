// Duty: the one device that, at this time, takes in the intake and writes the region's addresses.
//
// Taking in is: open, slot, journal, acknowledge. Killed at any point and started again it ends
// with each report once: a lease that nobody acknowledges returns the item, and the journal knows
// the report id. A report of an epoch whose secret is not here is released, never acknowledged.
//
// In each tick exactly one address is written for the whole region: a reply that waits, or a dummy
// that the server cannot tell from one.
//
// One thread at a time; the caller owns the rhythm (duty_rounds.h).
#pragma once

#include <set>

#include "client/lib/casework.h"
#include "client/lib/home_state.h"
#include "client/lib/staff_box.h"

namespace meldpunt::client {

struct TakenInCounts {
  std::size_t fresh = 0;
  std::size_t acute = 0;  // of the fresh ones
  std::size_t known = 0;  // in the journal already: acknowledged again
  std::size_t junk = 0;
  std::size_t without_secret = 0;  // released: this device cannot open them
};

enum class Written : std::uint8_t {
  reply,
  dummy,
  nothing,  // this tick's address has been written
};

enum class Lease : std::uint8_t { ours, elsewhere };

class Duty {
 public:
  // All must outlive it. `tick_written`: what the home remembers (home_state.h).
  Duty(Home& home, Casework& casework, StaffLine& line, const Clock& clock,
       std::uint32_t tick_written)
      : home_(home),
        casework_(casework),
        line_(line),
        clock_(clock),
        staff_box_(home, casework, line, clock),
        tick_written_(tick_written) {}

  // Takes the lease, or keeps it for longer.
  Outcome<Lease> hold();
  // Until when hold() need not be asked again: half of what the server gave.
  [[nodiscard]] Clock::Steady renew_at() const { return renew_at_; }
  Outcome<void> give_up();

  // Everything that waits.
  Outcome<TakenInCounts> take_in();
  // What other devices have given to the staff; then what waits for a partner's box goes there.
  Outcome<StaffBoxCounts> take_staff_box();
  // The address of the newest notice's tick, once. The notice must be fresh.
  Outcome<Written> write_address();
  // What is wrong with the notice that strangers are shown: compared with the pin and with the
  // bundles in the journal. Empty when all is well. `door`: a line to the reporters' endpoint.
  Outcome<std::vector<std::string>> check_public_notice(Line& door,
                                                        std::chrono::milliseconds patience);

  // What a person should be told of replies that cannot be posted. Told once.
  [[nodiscard]] std::vector<std::string> take_alarms();
  [[nodiscard]] std::size_t waiting_replies() const { return casework_.index().waiting_replies(); }

 private:
  enum class Fate : std::uint8_t { acknowledge, release };

  Outcome<bool> take_in_next(TakenInCounts& counts, std::set<std::uint64_t>& left);
  Outcome<Fate> take_in_one(crypto::Bytes payload, TakenInCounts& counts);
  Outcome<Fate> junk(const crypto::SealedReport& sealed, TakenInCounts& counts);
  Outcome<void> let_go(std::uint64_t id);
  void give_up_on(const WaitingReply& waiting, const std::string& why);
  Outcome<bool> post(const WaitingReply& waiting);
  Outcome<void> put_dummy();
  Outcome<void> remember_tick(std::uint32_t tick);

  Home& home_;
  Casework& casework_;
  StaffLine& line_;
  const Clock& clock_;
  StaffBox staff_box_;
  std::uint32_t tick_written_;
  Clock::Steady renew_at_{};
  std::set<Position> stuck_;  // replies that cannot be posted
  std::vector<std::string> alarms_;
};

}  // namespace meldpunt::client
