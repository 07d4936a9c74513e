// The case files of a region, and what belongs to no case (knowledge notes): the fold over all
// `casework` events.
//
// What is shown on request only (a client's identity) is not kept here: its place in the journal
// is, and a hash by which two different ones are told apart.
#pragma once

#include <map>

#include "client/record/case_groups.h"
#include "client/record/case_state.h"
#include "crypto/event.h"

namespace meldpunt::client {

class CaseFiles {
 public:
  // In the journal's order.
  void add(record::Position position, const crypto::EventHead& head, record::RecordEvent change);
  void erased(const crypto::CaseId& subject);

  // Empty for a case of which nobody has written anything; a zero id: the region's own.
  [[nodiscard]] const record::CaseRecord& of(const crypto::CaseId& subject) const;
  [[nodiscard]] const record::CaseGroups& groups() const { return groups_; }

 private:
  std::map<crypto::CaseId, record::CaseRecord> files_;
  record::CaseGroups groups_;
};

}  // namespace meldpunt::client
