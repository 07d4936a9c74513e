#include "crypto/handover_events.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_thread.h"

namespace meldpunt::crypto::fuzz {

namespace {

template <class Value>
void same_again(Bytes content, const Result<Value>& value) {
  if (!value) return;
  const auto again = encode(*value);
  must(again && equal_bytes(again->view(), content));
}

const test::FixedDevice& device() {
  static const test::FixedDevice fixed(0x11, DeviceRole::partner, "KADERA");
  return fixed;
}

// What was signed by somebody else is signed by us, and must differ in that alone.
void signed_again(Bytes content, const Result<EscalationAnswer>& answer) {
  if (!answer) return;
  const auto again = sign_answer(*answer, device().signing, test::id_of<RegionId>(0x21));
  must(again && again->size() == content.size());
  must(equal_bytes(again->view().first(again->size() - signature_size),
                   content.first(content.size() - signature_size)));
}

void signed_again(Bytes content, const Result<Withdrawal>& withdrawal) {
  if (!withdrawal) return;
  const auto again = sign_withdrawal(*withdrawal, device().signing, test::id_of<RegionId>(0x21));
  must(again && again->size() == content.size());
  must(equal_bytes(again->view().first(again->size() - signature_size),
                   content.first(content.size() - signature_size)));
}

}  // namespace

void escalation(Bytes bytes) {
  const auto decoded = decode_escalation(bytes);
  same_again(bytes, decoded);
  if (!decoded) return;
  must(body_of(*decoded).has_value());
  (void)signed_by(*decoded, device().entry.signing);
  (void)countersigned_by(*decoded, device().entry.signing);
}

void handover(Bytes bytes) {
  if (bytes.empty() || bytes.size() > escalation_in_one) return;
  const Bytes content = bytes.subspan(1);
  switch (bytes[0]) {
    case 1:
      return same_again(content, decode_consent_recorded(content));
    case 2:
      return same_again(content, decode_escalation_step(content));
    case 3:
      return same_again(content, decode_answer_received(content));
    case 4:
      return same_again(content, decode_erasure_proposed(content));
    case 5:
      return same_again(content, decode_to_countersign(content));
    case 6:
      return same_again(content, decode_second_signature(content));
    case 7:
      return signed_again(content, decode_answer(content));
    case 9:
      return same_again(content, decode_second_refusal(content));
    default:
      return signed_again(content, decode_withdrawal(content));
  }
}

}  // namespace meldpunt::crypto::fuzz
