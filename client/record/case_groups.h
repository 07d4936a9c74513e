// Which reports' threads are one case: the fold of every `membership` (merge and split).
//
// Each thread of a reporter has a case id and a key of its own, for ever. A case that a person
// works on is a group of them: merging says "belongs to", splitting takes it back, and nothing is
// moved or lost. Two people may merge A into B and B into A at once: the one that the journal has
// later is passed over, so there is never a circle.
#pragma once

#include "client/record/case_record.h"

namespace meldpunt::record {

class CaseGroups {
 public:
  // In the journal's order. An empty id: it stands alone again.
  void belongs(const crypto::CaseId& member, const crypto::CaseId& to);

  // The case that a person works on; itself when it stands alone.
  [[nodiscard]] crypto::CaseId head_of(const crypto::CaseId& subject) const;
  // Those that belong to it, whatever way round, in the order of their ids; without itself.
  [[nodiscard]] std::vector<crypto::CaseId> members_of(const crypto::CaseId& head) const;
  [[nodiscard]] bool stands_alone(const crypto::CaseId& subject) const {
    return !parents_.contains(subject);
  }
  void erased(const crypto::CaseId& subject);

 private:
  std::map<crypto::CaseId, crypto::CaseId> parents_;
};

}  // namespace meldpunt::record
