// An approver's desk: what coordinators ask it to sign as the second person, each request exactly
// as it was proposed, and all of it.
//
// A request that fits one object stays in the box until it is signed. A longer one comes in parts,
// which are kept in the home (kept_parts.h) until it is signed or no longer valid.
#pragma once

#include <variant>

#include "client/lib/clock.h"
#include "client/lib/countersigning.h"
#include "client/lib/kept_parts.h"
#include "client/lib/own_box.h"

namespace meldpunt::client {

struct RequestToSign {
  crypto::ToCountersign request;
  std::variant<std::uint64_t, KeptParts::Key> place;  // an item of the box, or parts at home
};

class Approving {
 public:
  // All must outlive it; `rosters` is fresh.
  Approving(const Home& home, StaffLine& line, const RosterHistory& rosters, const Clock& clock)
      : home_(home),
        line_(line),
        rosters_(rosters),
        clock_(clock),
        box_(home, line, rosters),
        parts_(home) {}

  // All that waits. What is no coordinator's request is announced, and left in the box.
  Outcome<std::vector<RequestToSign>> collect();
  // Signs, tells the staff, and is done with it. Killed in between it is asked again.
  Outcome<void> sign(const RequestToSign& request);
  // Says no, and why: the staff are told, and it is asked no more. EX_USAGE without a reason.
  Outcome<void> refuse(const RequestToSign& request, const std::string& reason);
  // What was not signed waits for the next time.
  Outcome<void> leave_rest() { return box_.release_rest(); }

  // What a person should be told. Told once.
  [[nodiscard]] std::vector<std::string> take_announcements() {
    return std::exchange(announcements_, {});
  }

 private:
  Outcome<void> take(const OwnBox::Item& item, std::vector<RequestToSign>& waiting);
  Outcome<void> take_piece(const OwnBox::Item& item);
  Outcome<void> add_wholes(std::vector<RequestToSign>& waiting);
  void leave();
  Outcome<void> answer(const RequestToSign& request, crypto::ObjectKind kind,
                       const crypto::Result<crypto::SecretBuffer>& content);
  [[nodiscard]] crypto::Hour now() const { return hour_of(clock_.now()); }

  const Home& home_;
  StaffLine& line_;
  const RosterHistory& rosters_;
  const Clock& clock_;
  OwnBox box_;
  KeptParts parts_;
  std::vector<std::string> announcements_;
};

}  // namespace meldpunt::client
