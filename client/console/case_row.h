// One case in a list: where it stands, never a text of it. Threads that were merged are one row,
// under the case that the others belong to.
#pragma once

#include <string>
#include <vector>

#include "client/console/event_log.h"
#include "client/lib/casework.h"
#include "client/lib/tasks.h"

namespace meldpunt::console {

enum class CaseState : std::uint8_t {
  fresh,             // nobody has answered it yet
  waiting_reporter,  // we asked, and wait
  waiting_partner,   // an escalation has no answer of a person
  answered,          // none of the others
  closed,            // the last reply said so, and nothing has come since
  erased,
};

struct CaseRow {
  crypto::CaseId id;
  std::vector<crypto::CaseId> threads;  // itself first, then those that were merged into it
  std::string name;                     // two words
  std::string named_as;                 // what a filter looks in besides the texts, folded
  CaseState state = CaseState::fresh;
  crypto::DeviceId assigned;
  crypto::Hour opened = 0;
  crypto::Hour newest = 0;
  bool acute = false;
  bool minor = false;
  bool unread = false;  // what came last has no answer
  bool overdue = false;
  bool to_close = false;  // a partner says it is done
  std::string json;       // as the screens get it

  [[nodiscard]] bool open() const {
    return state != CaseState::closed && state != CaseState::erased;
  }
};

// Every case, those that were merged as one: open before closed, acute first, then minors, then
// what changed last.
[[nodiscard]] std::vector<CaseRow> rows_of(const client::Casework& casework, const EventLog& log,
                                           const std::vector<client::Task>& tasks,
                                           crypto::Hour now);

// A view of the list, by its name: "new", "mine", "waiting_reporter", "waiting_partner", "overdue",
// "to_close", "open", "closed", "all". False for every row when there is no such view.
[[nodiscard]] bool is_in_view(const CaseRow& row, std::string_view view,
                              const crypto::DeviceId& self);

}  // namespace meldpunt::console
