#include "crypto/handover_events.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

namespace {

template <class Value>
Outcome same_again(const Vector& vector, const Result<Value>& value) {
  if (!value) return fail(value.error());
  const auto again = encode(*value);
  if (!again) return fail(again.error());
  return Comparison(vector).same("bytes", again->view()).outcome();
}

// Signed objects are not encoded again without their key: that they decode is all.
template <class Value>
Outcome decodes(const Result<Value>& value) {
  if (!value) return fail(value.error());
  return {};
}

}  // namespace

Outcome check_escalation(const Vector& vector) {
  const auto escalation = decode_escalation(vector.bytes("bytes"));
  if (!escalation) return fail(escalation.error());
  if (!signed_by(*escalation, vector.id<VerifyKey<role::Device>>("sender key"))) {
    return fail(Error::bad_signature);
  }
  if (escalation->second &&
      !countersigned_by(*escalation, vector.id<VerifyKey<role::Device>>("second key"))) {
    return fail(Error::bad_signature);
  }
  SymmetricKey case_key;
  copy_bytes(vector.block<32>("case key"), case_key.fill());
  const auto reference =
      case_reference(case_key, escalation->recipient, vector.id<RegionId>("region"));
  if (reference != escalation->reference) return fail(Error::cannot_open);
  return same_again(vector, escalation);
}

Outcome check_handover(const Vector& vector) {
  const Bytes bytes = vector.bytes("bytes");
  switch (vector.number("format")) {
    case 1:
      return same_again(vector, decode_consent_recorded(bytes));
    case 2:
      return same_again(vector, decode_escalation_step(bytes));
    case 3:
      return same_again(vector, decode_answer_received(bytes));
    case 4:
      return same_again(vector, decode_erasure_proposed(bytes));
    case 5:
      return same_again(vector, decode_to_countersign(bytes));
    case 6:
      return same_again(vector, decode_second_signature(bytes));
    case 7:
      return decodes(decode_answer(bytes));
    case 8:
      return decodes(decode_withdrawal(bytes));
    case 9:
      return same_again(vector, decode_second_refusal(bytes));
  }
  return fail(Error::malformed);
}

}  // namespace meldpunt::crypto::vectors
