#include "client/record/case_groups.h"

namespace meldpunt::record {

void CaseGroups::belongs(const crypto::CaseId& member, const crypto::CaseId& to) {
  if (to.is_zero()) {
    parents_.erase(member);
  } else if (head_of(to) != member && to != member) {
    parents_[member] = to;
  }
}

crypto::CaseId CaseGroups::head_of(const crypto::CaseId& subject) const {
  crypto::CaseId head = subject;
  for (auto found = parents_.find(head); found != parents_.end(); found = parents_.find(head)) {
    head = found->second;
  }
  return head;
}

std::vector<crypto::CaseId> CaseGroups::members_of(const crypto::CaseId& head) const {
  std::vector<crypto::CaseId> members;
  for (const auto& [member, parent] : parents_) {
    if (head_of(parent) == head) members.push_back(member);
  }
  return members;
}

// What belonged to it stands alone.
void CaseGroups::erased(const crypto::CaseId& subject) {
  parents_.erase(subject);
  std::erase_if(parents_, [&](const auto& entry) { return entry.second == subject; });
}

}  // namespace meldpunt::record
