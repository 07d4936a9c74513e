// The heads of all events of the journal: who did what in which case, and when. Enough for audit,
// for the hours in lists and for statistics; never a content.
//
// Belongs to the desk's thread.
#pragma once

#include <map>
#include <vector>

#include "client/lib/case_index.h"
#include "crypto/event.h"

namespace meldpunt::console {

class EventLog {
 public:
  struct Entry {
    crypto::CaseId subject;  // zero: of no case
    crypto::DeviceId device;
    crypto::Hour hour = 0;
    crypto::EventKind kind = crypto::EventKind::note;
  };

  // In order, from position 1 on. One that was told before is passed over: a journal that is read
  // again is the same one.
  void take(client::Position position, const crypto::EventHead& head);

  // Entry i stands at position i + 1.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const Entry& at(client::Position position) const {
    return entries_.at(position - 1);
  }
  // Of the newest event that people see in a case; 0 when there is none.
  [[nodiscard]] crypto::Hour newest_in(const crypto::CaseId& subject) const;
  // How many events a case has: what has not changed need not be read again.
  [[nodiscard]] std::size_t count_in(const crypto::CaseId& subject) const;

 private:
  struct Summary {
    crypto::Hour newest = 0;
    std::size_t count = 0;
  };
  std::vector<Entry> entries_;
  std::map<crypto::CaseId, Summary> cases_;
};

}  // namespace meldpunt::console
