// What waits for a person, computed from the journal and the hour: nobody has to remember it.
#pragma once

#include "client/lib/casework.h"
#include "client/lib/terms.h"

namespace meldpunt::client {

enum class TaskKind : std::uint8_t {
  answer_overdue,      // a partner has not answered in time
  to_countersign,      // waits for a second person
  review,              // was sent in haste, and is to be reviewed
  not_sent,            // consent no longer stands, no device is there, or it is too old
  consent_withdrawn,   // what was sent under it is to be withdrawn
  erasure_asked,       // by the reporter or the client
  erasure_proposed,    // waits for a second person
  erasure_unfinished,  // done here, and not everywhere yet
  partner_refused,     // somebody else is to be found
  lapsed,              // a partner has not answered while it was valid
  second_refused,      // the second person has said no, and why
  request_open,        // something else that somebody asks of what is kept of them
  reflection_ends,     // the reflection period, where the region has said how long it is
};

struct Task {
  TaskKind kind{};
  crypto::CaseId subject;
  std::optional<crypto::EscalationId> escalation;
  std::optional<crypto::Hour> due;
  std::string sentence;
  std::string_view why{};  // of not_sent: "stopped", "no_device"; empty: it waits for its turn
};

[[nodiscard]] std::string_view name_of(TaskKind kind);

// Overdue ones first, then by when they are due.
[[nodiscard]] std::vector<Task> tasks_of(const Casework& casework, const Terms& terms,
                                         crypto::Hour now);

}  // namespace meldpunt::client
