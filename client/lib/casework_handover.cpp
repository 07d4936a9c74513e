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

Outcome<void> Casework::read_handover_event(Position position, const crypto::OuterEvent& event,
                                            crypto::Bytes content) {
  const crypto::CaseId& subject = event.head.subject;
  if (event.head.kind == crypto::EventKind::consent) {
    return applied<crypto::ConsentRecorded>(
        crypto::decode_consent_recorded(content),
        [&](const auto& recorded) { consents_.recorded(position, subject, recorded); });
  }
  if (event.head.kind == crypto::EventKind::escalation) {
    return applied<crypto::EscalationStep>(
        crypto::decode_escalation_step(content),
        [&](const auto& step) { escalations_.step(position, subject, step); });
  }
  if (event.head.kind == crypto::EventKind::erasure) {
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

// What is left of an erased case is that it was there.
void Casework::forget(const crypto::CaseId& subject) {
  index_.erased(subject);
  consents_.erased(subject);
  escalations_.erased(subject);
}

}  // namespace meldpunt::client
