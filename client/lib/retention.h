// What is kept no longer: closed cases whose term is over, reports that never became a case, and
// what somebody asked to erase. A list, computed anew each time; nothing is erased by a clock. A
// person proposes it, a second signs, and then it is erased (countersigning.h).
//
//   closed for a reason      the term retention.REASON, from the closing
//   advice, junk, muted      retention.advice, .junk, .muted, from the day it was called so
//   answered, nothing begun  retention.no_case, from the last reply
//   a request to erase       at once
//
// Threads that were merged are one, and are proposed together: each has a key of its own.
#pragma once

#include "client/lib/requests.h"

namespace meldpunt::client {

// Why it may not be proposed yet.
enum class Hindrance : std::uint8_t {
  unread,      // the reporter's newest message has no answer
  task,        // something waits for a person
  deadline,    // a review is planned
  escalation,  // a partner has not said that it is done
  request,     // another request is not answered
};
[[nodiscard]] std::string_view name_of(Hindrance hindrance);
// "something in it still waits for a person: see its tasks"
[[nodiscard]] std::string_view sentence_of(Hindrance hindrance);

struct DueErasure {
  crypto::CaseId subject;
  std::vector<crypto::CaseId> threads;  // itself first, then those that were merged into it
  std::string term;                     // "retention.LEFT", or "request"
  crypto::Hour since = 0;               // when the term was over
  std::vector<Hindrance> hindrances;
  bool proposed = false;  // all of it waits for a second person
};

// The longest due first.
[[nodiscard]] std::vector<DueErasure> due_for_erasure(const Casework& casework, const Terms& terms,
                                                      crypto::Hour now);

// The first person's half, for all threads of it that are not proposed yet. Returns how many
// approvers' devices were asked. EX_NOINPUT when it is not due, EX_NOPERM with what hinders it.
Outcome<std::size_t> propose_due(Casework& casework, StaffLine& line, const Terms& terms,
                                 const crypto::CaseId& subject, const std::string& reason,
                                 crypto::Hour now);

}  // namespace meldpunt::client
