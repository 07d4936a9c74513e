// The staff's box: how every device that is not a coordinator's speaks to the coordinators, and how
// what it says comes into the journal.
//
// Giving is one put of an object sealed to the team key of today's bundle. Taking is: take, open,
// journal, acknowledge; the object's hash makes it exactly once, wherever this is killed and
// whichever devices do it at the same time. Duty does it each round.
//
//   what came                               then
//   an answer to an escalation              under its case, as an answer
//   a countersignature                      what it was asked for is done (countersigning.h)
//   a second person's refusal               under its case, as a line of its file
//   anything else that its giver may give   `received`
//   opens, and its giver's role may not     `received` without its content, and announced
//   opens, and is no object                 the same
//   an answer or signature that fits        the same
//     nothing that the journal knows
//   from nobody who is valid today          left for later, and announced: a clock may be wrong
//   of an epoch whose secret is not here    left for another device
#pragma once

#include <set>

#include "client/lib/casework.h"
#include "crypto/boxed.h"

namespace meldpunt::client {

// For any device. May be repeated: whoever reads it tells the second from the first by its content.
Outcome<void> give_to_staff(const Home& home, StaffLine& line, crypto::ObjectKind kind,
                            crypto::Bytes content);

struct StaffBoxCounts {
  std::size_t fresh = 0;
  std::size_t known = 0;    // in the journal already: acknowledged again
  std::size_t doubted = 0;  // journaled without their content
  std::size_t left = 0;     // not believed today, or without its secret here
};

class StaffBox {
 public:
  // All must outlive it.
  StaffBox(Home& home, Casework& casework, StaffLine& line, const Clock& clock)
      : home_(home), casework_(casework), line_(line), clock_(clock) {}

  // Everything that waits. The casework must be in sync.
  Outcome<StaffBoxCounts> take_in();
  // What a person should be told. Told once.
  [[nodiscard]] std::vector<std::string> take_announcements();

 private:
  enum class Fate : std::uint8_t { acknowledge, release };
  // What became of an object.
  enum class Filed : std::uint8_t { fresh, known, doubted };

  static void count(Filed filed, StaffBoxCounts& counts);
  Outcome<Fate> take_in_one(crypto::Bytes boxed, StaffBoxCounts& counts);
  // Its epoch's secret must be here.
  [[nodiscard]] crypto::Result<crypto::BoxedObject> open(crypto::Bytes boxed) const;
  Outcome<Fate> leave(const crypto::Hash& object, crypto::Bytes boxed);
  Outcome<Filed> file(const crypto::Hash& object, const crypto::BoxedObject& opened);
  Outcome<Filed> file_no(const crypto::Hash& object, const crypto::BoxedObject& opened);
  Outcome<Filed> file_answer(const crypto::Hash& object, const crypto::BoxedObject& opened);
  Outcome<Filed> file_second(const crypto::Hash& object, const crypto::BoxedObject& opened);
  Outcome<Filed> file_received(const crypto::Hash& object, const crypto::BoxedObject& opened);
  // Journals that it came, and nothing of what it says.
  Outcome<Filed> doubt(const crypto::Hash& object, const crypto::DeviceId& from,
                       std::optional<crypto::ObjectKind> kind, const std::string& why);
  Outcome<bool> append_received(const crypto::Hash& object, const crypto::DeviceId& from,
                                std::optional<crypto::ObjectKind> kind, crypto::Bytes content);
  Outcome<void> finish(std::uint64_t id, Fate fate);
  [[nodiscard]] bool may_give(const crypto::DeviceId& device, crypto::ObjectKind kind) const;

  Home& home_;
  Casework& casework_;
  StaffLine& line_;
  const Clock& clock_;
  std::set<crypto::Hash> told_;  // what was left, so that it is announced once
  std::vector<std::string> announcements_;
};

}  // namespace meldpunt::client
