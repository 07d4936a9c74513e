// How a case goes on under the next case of its thread once something was struck from it: what was
// copied is told in its old place when the case as it was is erased.
#include "client/lib/casework.h"

namespace meldpunt::client {

Outcome<crypto::CaseId> Casework::case_after(const crypto::CaseId& subject) const {
  const auto* first_vault = home_.keyring().vault(1);
  if (first_vault == nullptr) {
    return problem(EX_CONFIG,
                   "this device does not have the vault key yet: have the steward enrol it");
  }
  return crypto::case_after(subject, *first_vault, region());
}

Outcome<crypto::SecretBuffer> Casework::raw_content(const crypto::OuterEvent& event) {
  const auto key = keys_.key(event.head.subject);
  if (!key) return pass_on(key.error());
  return journal_->content(event, &*key);
}

Outcome<Draft> Casework::draft_for_new(crypto::EventKind kind, const crypto::CaseId& subject,
                                       crypto::Result<crypto::SecretBuffer> content) {
  if (!content) return problem(EX_DATAERR, "what is copied", content.error());
  auto key = keys_.key_or_new(subject, retained_.before(subject) != nullptr);
  if (!key) return pass_on(key.error());
  return Draft{kind, subject, std::move(*content), std::move(*key)};
}

// True for what is not told here: a list of copies, or a copy.
Outcome<bool> Casework::read_copy_of_event(Position position, const crypto::OuterEvent& event,
                                           crypto::Bytes content) {
  const crypto::CaseId& subject = event.head.subject;
  if (event.head.kind == crypto::EventKind::retained) {
    const auto list = crypto::decode_retained(content);
    if (!list) return problem(EX_DATAERR, "an event of a case", list.error());
    const auto after = case_after(list->before);
    if (!after) return pass_on(after.error());
    if (*after == subject) retained_.announced(subject, event.head.device, *list);
    return true;
  }
  const auto original = retained_.take(subject, event.head.device, position);
  if (!original) return false;
  const auto* copy = retained_.find(subject, *original);
  if (copy->at != position || vault_history_.erasure_of(*retained_.before(subject)) == nullptr) {
    return true;
  }
  const auto told = tell_copy(subject, *original);
  return told ? Outcome<bool>(true) : pass_on(told.error());
}

// Of one that goes on further by now nothing was copied that can still be read.
Outcome<void> Casework::tell_retained(const crypto::CaseId& before) {
  const auto after = case_after(before);
  if (!after) return pass_on(after.error());
  index_.went_on(before);
  files_.went_on(before, *after);
  for (const auto& [original, copy] : retained_.of(*after)) {
    if (const auto told = tell_copy(*after, original); !told) return told;
  }
  return {};
}

Outcome<void> Casework::tell_copy(const crypto::CaseId& subject, Position original) {
  crypto::EventHead head;
  const auto content = content_at(original, subject, &head);
  if (!content) return pass_on(content.error());
  if (const auto taken = crypto::decode_taken_in(content->view());
      head.kind == crypto::EventKind::taken_in && taken) {
    const auto report = crypto::decode_report(taken->report.plaintext.view());
    if (report) index_.tell_again(report->id);
  }
  if (const auto answer = crypto::decode_answer_received(content->view());
      head.kind == crypto::EventKind::escalation_answer && answer) {
    const auto said = crypto::decode_answer(answer->answer.view());
    if (said) escalations_.tell_again(said->id);
  }
  return read_case_event({original, head, content->view(), false});
}

// A device that was killed while it copied says that nothing of its list follows: what it writes
// next is its own.
Outcome<void> Casework::end_own_copying() {
  while (const auto subject = retained_.unfinished_by(home_.keys().id)) {
    const crypto::Retained nothing{*retained_.before(*subject), {}};
    const auto ended = append([&]() -> Outcome<std::optional<Draft>> {
      if (!retained_.expected(*subject, home_.keys().id)) return std::nullopt;
      auto draft = draft_for_new(crypto::EventKind::retained, *subject, crypto::encode(nothing));
      if (!draft) return pass_on(draft.error());
      return std::move(*draft);
    });
    if (!ended) return pass_on(ended.error());
  }
  return {};
}

}  // namespace meldpunt::client
