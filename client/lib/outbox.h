// What a coordinator wrote while the server could not be reached, kept until it is in the journal:
// changes to case files, replies and notes.
//
// Sealed in the home (sealed_list.h), and on the disk when add() returns. A change keeps what its
// writer had seen: what others wrote in the meantime stands beside it
// (client/record/case_record.h). A reply is said to a person, who may have written since, or have
// been answered by a colleague: then it is held until its writer has looked at it again. What was
// sent, and whose sender was killed before it was crossed off, is not written twice.
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "client/lib/casework.h"
#include "client/lib/sealed_list.h"

namespace meldpunt::client {

using UnsentId = record::ChangeId;

struct UnsentReply {
  ReplyDraft draft;  // asks for no consent
};
struct UnsentNote {
  std::string text;
};
struct Unsent {
  UnsentId id;             // of a change its own
  crypto::CaseId subject;  // zero: the region's own file
  Position since = 0;      // how far its writer had read the journal; of a change it says so itself
  std::variant<record::RecordEvent, UnsentReply, UnsentNote> what;
};

inline constexpr std::size_t unsent_most = 500;

// What came of it.
struct Delivered {
  std::size_t sent = 0;
  std::vector<std::string> refused;  // one sentence each: its case has been erased, say
};

class Outbox {
 public:
  // The home must outlive it. EX_DATAERR when the file is damaged.
  static Outcome<Outbox> open(const Home& home);

  // EX_DATAERR when the record's table does not take it, EX_TEMPFAIL when as many wait as there
  // may. Gives it an id if it has none.
  Outcome<void> add(const crypto::CaseId& subject, record::RecordEvent change);
  Outcome<void> add(const crypto::CaseId& subject, UnsentReply reply, Position since);
  Outcome<void> add(const crypto::CaseId& subject, UnsentNote note, Position since);
  [[nodiscard]] const std::vector<Unsent>& unsent() const { return unsent_; }

  // In the order in which they were written; of a closing that takes two people the approvers are
  // asked. What belongs to an erased case is crossed off, with a
  // sentence; what this program or its vocabulary does not take stays, with a sentence, and holds
  // up nothing; a held reply stays, without one. EX_TEMPFAIL and the like: the rest waits.
  Outcome<Delivered> send(Casework& casework, StaffLine& line);

  // Its writer has looked at what came since: it may go, up to `seen`. EX_NOINPUT when it has gone.
  Outcome<void> let_go(const UnsentId& id, Position seen);
  // It is not sent any more. EX_NOINPUT when it has gone.
  Outcome<void> drop(const UnsentId& id);

 private:
  explicit Outbox(const Home& home);
  Outcome<void> read();
  Outcome<void> take(const nlohmann::json& list);
  Outcome<void> keep(Unsent unsent);
  Outcome<void> rewrite(const std::function<Outcome<void>(std::vector<Unsent>&)>& change);

  SealedList file_;
  std::vector<Unsent> unsent_;
};

// A reply to a thread in which the reporter has written, or somebody has answered, since it was
// written: `send` leaves it.
[[nodiscard]] bool is_held(const Unsent& unsent, const Casework& casework);

}  // namespace meldpunt::client
