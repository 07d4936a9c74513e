#include "client/lib/case_files.h"

#include "crypto/hexadecimal.h"

namespace meldpunt::client {

// As its file says by now: of two who contradict each other the later.
crypto::CaseId CaseFiles::belongs_to(const record::CaseRecord& file) const {
  crypto::CaseId head;
  const record::Item* membership = file.one("membership");
  if (membership == nullptr) return head;
  const std::string id = record::text_in(membership->fields(), "of");
  if (!crypto::from_hexadecimal(id, head.fill())) return {};
  return by_now(head);
}

crypto::CaseId CaseFiles::by_now(crypto::CaseId subject) const {
  for (auto as = went_on_.find(subject); as != went_on_.end(); as = went_on_.find(subject)) {
    subject = as->second;
  }
  return subject;
}

void CaseFiles::add(record::Position position, const crypto::EventHead& head,
                    const record::RecordEvent& change) {
  record::CaseRecord& file = files_[head.subject];
  if (!file.add(position, head.hour, head.device, change)) return;
  if (change.kind == "membership") groups_.belongs(head.subject, belongs_to(file));
}

void CaseFiles::erased(const crypto::CaseId& subject) {
  files_.erase(subject);
  groups_.erased(subject);
}

// What is told of the case before may have come in any order: the files say who belonged to it.
void CaseFiles::went_on(const crypto::CaseId& before, const crypto::CaseId& as) {
  went_on_[before] = as;
  for (const auto& [member, file] : files_) {
    if (belongs_to(file) == as) groups_.belongs(member, as);
  }
}

const record::CaseRecord& CaseFiles::of(const crypto::CaseId& subject) const {
  static const record::CaseRecord empty;
  const auto found = files_.find(subject);
  return found == files_.end() ? empty : found->second;
}

}  // namespace meldpunt::client
