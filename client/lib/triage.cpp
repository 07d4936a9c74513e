#include "client/lib/triage.h"

#include <algorithm>

#include "client/lib/recording.h"

namespace meldpunt::client {

namespace {

bool has_unanswered(const Casework& casework, const crypto::CaseId& head) {
  const auto waits = [&](const crypto::CaseId& subject) {
    const Case* entry = casework.index().find(subject);
    return entry != nullptr && entry->readable && entry->waits_for_answer();
  };
  return waits(head) || std::ranges::any_of(casework.files().groups().members_of(head), waits);
}

}  // namespace

Outcome<std::string> treat_as(Casework& casework, const crypto::CaseId& subject,
                              const std::string& as) {
  const record::CaseRecord& file = casework.files().of(subject);
  const record::Item* triage = file.one("triage");
  const std::string before =
      triage == nullptr ? std::string() : record::text_in(triage->fields(), "as");
  if (before == as) return before;
  auto change = instead_of(file, "triage", triage == nullptr ? record::Fields{} : triage->fields());
  change.removed = as.empty();
  if (as.empty()) {
    change.fields.clear();
  } else {
    change.fields["as"] = as;
  }
  const auto written = write_record(casework, subject, std::move(change));
  if (!written) return pass_on(written.error());
  return before;
}

Outcome<void> close_answered(Casework& casework, const crypto::CaseId& subject,
                             const std::string& reason) {
  if (has_unanswered(casework, subject)) {
    return problem(EX_NOPERM, "its newest message has no answer yet: read it first");
  }
  if (casework.files().of(subject).one("closing") != nullptr) {
    return problem(EX_DATAERR, "it is closed already");
  }
  return close_case(casework, subject, {{"reason", reason}});
}

}  // namespace meldpunt::client
