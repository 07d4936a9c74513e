// Consent, escalations and erasures, as the journal tells them.
#include "client/lib/casework.h"

namespace meldpunt::client {

namespace {

template <class Value>
Outcome<void> applied(crypto::Result<Value> decoded,
                      const std::function<void(const Value&)>& apply) {
  if (!decoded) return problem(EX_DATAERR, "an event of a case", decoded.error());
  apply(*decoded);
  return {};
}

}  // namespace

Outcome<void> Casework::read_handover_event(const Told& told) {
  const auto& [position, head, content, from_copy] = told;
  const crypto::CaseId& subject = head.subject;
  if (head.kind == crypto::EventKind::consent) {
    return applied<crypto::ConsentRecorded>(
        crypto::decode_consent_recorded(content),
        [&](const auto& recorded) { consents_.recorded(position, subject, recorded); });
  }
  if (head.kind == crypto::EventKind::escalation) {
    return read_escalation_event(position, subject, content);
  }
  if (head.kind == crypto::EventKind::erasure) {
    return applied<crypto::ErasureProposed>(
        crypto::decode_erasure_proposed(content),
        [&](const auto& proposal) { escalations_.erasure_proposed(position, subject, proposal); });
  }
  return applied<crypto::AnswerReceived>(
      crypto::decode_answer_received(content), [&](const auto& received) {
        received_.mark_seen(received.object);
        const auto answer = crypto::decode_answer(received.answer.view());
        if (answer) escalations_.answered(position, subject, *answer);
      });
}

// What does not come together is no escalation, as if its writer had been killed in between.
Outcome<void> Casework::read_escalation_event(Position position, const crypto::CaseId& subject,
                                              crypto::Bytes content) {
  const auto step = crypto::decode_escalation_step(content);
  if (!step) return problem(EX_DATAERR, "an event of a case", step.error());
  const auto* in_parts = std::get_if<crypto::InParts>(&*step);
  if (in_parts == nullptr) {
    escalations_.step(position, subject, *step);
    return {};
  }
  auto whole = put_together(subject, in_parts->manifest);
  if (!whole) return pass_on(whole.error());
  if (!*whole) return {};
  if (in_parts->stage == crypto::Stage::sent) {
    escalations_.step(position, subject, crypto::Sent{std::move(**whole)});
  } else {
    escalations_.step(position, subject, crypto::Proposed{std::move(**whole)});
  }
  return {};
}

Outcome<std::optional<crypto::Escalation>> Casework::put_together(
    const crypto::CaseId& subject, const crypto::Manifest& manifest) {
  crypto::Assembly assembly(manifest);
  for (const auto& [index, position] :
       escalations_.parts_of(subject, crypto::hash_of_manifest(manifest))) {
    const auto content = content_at(position, subject);
    if (!content) return pass_on(content.error());
    const auto step = crypto::decode_escalation_step(content->view());
    if (!step) return problem(EX_DATAERR, "an event of a case", step.error());
    (void)assembly.add(std::get<crypto::Part>(*step));
  }
  const auto whole = assembly.whole();
  if (!whole) return std::nullopt;
  auto escalation = crypto::decode_escalation(whole->view());
  if (!escalation) return std::nullopt;
  return std::move(*escalation);
}

Outcome<crypto::Escalation> Casework::escalation_at(Position position,
                                                    const crypto::CaseId& subject) {
  const auto content = content_at(position, subject);
  if (!content) return pass_on(content.error());
  auto step = crypto::decode_escalation_step(content->view());
  if (!step) return problem(EX_DATAERR, "an escalation", step.error());
  if (auto* sent = std::get_if<crypto::Sent>(&*step)) return std::move(sent->escalation);
  if (auto* proposed = std::get_if<crypto::Proposed>(&*step)) {
    return std::move(proposed->escalation);
  }
  if (const auto* in_parts = std::get_if<crypto::InParts>(&*step)) {
    auto whole = put_together(subject, in_parts->manifest);
    if (!whole) return pass_on(whole.error());
    if (*whole) return std::move(**whole);
  }
  return problem(EX_DATAERR, "an escalation", crypto::Error::malformed);
}

// What is left of an erased case is that it was there.
void Casework::forget(const crypto::CaseId& subject) {
  retained_.erased(subject);
  index_.erased(subject);
  consents_.erased(subject);
  escalations_.erased(subject);
  files_.erased(subject);
  texts_.erased(subject);
  copy_.forget(subject);
}

}  // namespace meldpunt::client
