// What a coordinator wrote while the server could not be reached, kept until it is in the journal.
//
// Sealed in the home under its master key, and on the disk when add() returns. Each keeps what its
// writer had seen: what others wrote in the meantime stands beside it
// (client/record/case_record.h). A change that was sent, and whose sender was killed before it was
// crossed off, is not written twice: it has an id of its own.
#pragma once

#include <vector>

#include "client/lib/casework.h"

namespace meldpunt::client {

struct Unsent {
  crypto::CaseId subject;  // zero: the region's own file
  record::RecordEvent change;
};

// What came of it.
struct Delivered {
  std::size_t sent = 0;
  std::vector<std::string> refused;  // one sentence each: its case has been erased, say
};

class Outbox {
 public:
  // The home must outlive it. EX_DATAERR when the file is damaged.
  static Outcome<Outbox> open(const Home& home);

  // EX_DATAERR when the record's table does not take it. Gives it an id if it has none.
  Outcome<void> add(const crypto::CaseId& subject, record::RecordEvent change);
  [[nodiscard]] const std::vector<Unsent>& unsent() const { return unsent_; }

  // In the order in which they were written. What can never be sent is crossed off with a sentence;
  // EX_UNAVAILABLE, EX_TEMPFAIL and the like: the rest waits.
  Outcome<Delivered> send(Casework& casework);

 private:
  explicit Outbox(const Home& home) : home_(&home) {}
  Outcome<void> write() const;

  const Home* home_;
  std::vector<Unsent> unsent_;
};

}  // namespace meldpunt::client
