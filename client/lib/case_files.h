// The case files of a region, and what belongs to no case (knowledge notes): the fold over all
// `casework` events.
//
// What is shown on request only (a client's identity) must not come here: its place in the journal
// does, and a hash by which two different ones are told apart (short_contents.h, kept_sealed).
#pragma once

#include <map>

#include "client/record/case_groups.h"
#include "client/record/case_state.h"
#include "crypto/event.h"

namespace meldpunt::client {

class CaseFiles {
 public:
  // In the journal's order.
  void add(record::Position position, const crypto::EventHead& head,
           const record::RecordEvent& change);
  void erased(const crypto::CaseId& subject);
  // What belonged to that case belongs to the other from now on. After erased().
  void went_on(const crypto::CaseId& before, const crypto::CaseId& as);

  // Empty for a case of which nobody has written anything; a zero id: the region's own.
  [[nodiscard]] const record::CaseRecord& of(const crypto::CaseId& subject) const;
  [[nodiscard]] const record::CaseGroups& groups() const { return groups_; }
  // As which case it goes on by now; itself where nothing was struck from it.
  [[nodiscard]] crypto::CaseId by_now(crypto::CaseId subject) const;

 private:
  [[nodiscard]] crypto::CaseId belongs_to(const record::CaseRecord& file) const;

  std::map<crypto::CaseId, record::CaseRecord> files_;
  record::CaseGroups groups_;
  std::map<crypto::CaseId, crypto::CaseId> went_on_;  // as which case
};

}  // namespace meldpunt::client
