#include "client/lib/case_files.h"

#include "crypto/hexadecimal.h"
#include "crypto/label.h"

namespace meldpunt::client {

namespace {

// Which case a case belongs to, as its file says by now: of two who contradict each other the
// later.
crypto::CaseId belongs_to(const record::CaseRecord& file) {
  crypto::CaseId head;
  const record::Item* membership = file.one("membership");
  if (membership == nullptr) return head;
  const std::string id = record::text_in(membership->fields(), "of");
  return crypto::from_hexadecimal(id, head.fill()) ? head : crypto::CaseId{};
}

}  // namespace

void CaseFiles::add(record::Position position, const crypto::EventHead& head,
                    record::RecordEvent change) {
  if (is_on_request(change) && !change.removed) {
    const auto hash = crypto::hash("kept sealed", {crypto::as_bytes(record::encode(change))});
    change.fields = {{"sealed", record::Value{crypto::hexadecimal(hash.view())}}};
  }
  record::CaseRecord& file = files_[head.subject];
  if (!file.add(position, head.hour, head.device, change)) return;
  if (change.kind == "membership") groups_.belongs(head.subject, belongs_to(file));
}

void CaseFiles::erased(const crypto::CaseId& subject) {
  files_.erase(subject);
  groups_.erased(subject);
}

const record::CaseRecord& CaseFiles::of(const crypto::CaseId& subject) const {
  static const record::CaseRecord empty;
  const auto found = files_.find(subject);
  return found == files_.end() ? empty : found->second;
}

}  // namespace meldpunt::client
