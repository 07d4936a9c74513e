// The small process between a region's daemon and the receiver of trends.
//
//   its box  ->  one question per object  ->  the receiver, until it answers
//            <-  the receiver's signed receipt  ->  the staff's box  ->  the item is acknowledged
//
// It holds nothing: what it carries is sealed to the receiver, and an item leaves its box only when
// the receiver has it on disk, and its receipt, where there is one, lies in the staff's box. Killed
// anywhere, it does the rest the next time; the receiver answers the same object the same way.
//
// One thread at a time.
#pragma once

#include "client/lib/clock.h"
#include "client/lib/journal_rosters.h"
#include "crypto/boxed.h"
#include "crypto/parts.h"
#include "crypto/wire/delivery.h"

namespace meldpunt::client {

struct ForwardCounts {
  std::size_t taken = 0;     // objects of a release that is not whole yet
  std::size_t receipts = 0;  // given to the staff
  std::size_t dropped = 0;   // in this box, and no object at all
};

// How long to wait after a failure: twice as long each time, up to five minutes.
class BackOff {
 public:
  [[nodiscard]] std::chrono::milliseconds next();
  void reset() { wait_ = first; }

 private:
  static constexpr std::chrono::milliseconds first{1000};
  std::chrono::milliseconds wait_ = first;
};

class Forwarder {
 public:
  // All must outlive it. `receiver`: a line to the receiver's gateway.
  Forwarder(const Home& home, RosterHistory& rosters, StaffLine& line, Line& receiver,
            std::chrono::milliseconds patience)
      : home_(home), rosters_(rosters), line_(line), receiver_(receiver), patience_(patience) {}

  // Everything that waits. EX_TEMPFAIL when the region or the receiver cannot be reached, or the
  // receiver cannot take it at this time; EX_CONFIG when it does not know this region.
  Outcome<ForwardCounts> run();

 private:
  // The receipt; empty when none is due yet.
  Outcome<void> pass(const crypto::Response& taken, ForwardCounts& counts);
  Outcome<crypto::Buffer> deliver(crypto::Bytes object);
  Outcome<crypto::DeliveryAnswer> ask(crypto::DeliveryVerb verb, crypto::Bytes body);
  Outcome<void> bring_roster();
  Outcome<void> let_go(std::uint64_t id, bool done);

  const Home& home_;
  RosterHistory& rosters_;
  StaffLine& line_;
  Line& receiver_;
  std::chrono::milliseconds patience_;
};

}  // namespace meldpunt::client
