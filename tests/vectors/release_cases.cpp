#include "crypto/coding.h"
#include "crypto/release.h"
#include "crypto/wire/delivery.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

namespace {

VerifyKey<role::Device> receiver_of(const Vector& vector) {
  VerifyKey<role::Device> key;
  copy_bytes(vector.block<32>("receiver"), key.fill());
  return key;
}

struct EncodeAgain {
  Result<SecretBuffer> operator()(const Part& part) const { return encode_release_part(part); }
  template <class Event>
  Result<SecretBuffer> operator()(const Event& event) const {
    return encode(event);
  }
};

Result<SecretBuffer> encode_again(const ReleaseEvent& event) {
  return std::visit(EncodeAgain{}, event);
}

}  // namespace

Outcome check_coding(const Vector& vector) {
  const auto coding = decode_coding(vector.bytes("content"));
  if (!coding) return fail(coding.error());
  const auto again = encode(*coding);
  if (!again) return fail(again.error());
  return Comparison(vector)
      .same("content", again->view())
      .same("vocabulary", coding->vocabulary)
      .number("refused", coding->statistics_refused ? 1 : 0)
      .outcome();
}

Outcome check_release(const Vector& vector) {
  const Bytes bytes = vector.bytes("release");
  const auto release = decode_release(bytes);
  if (!release) return fail(release.error());
  const auto again = encode(*release);
  if (!again) return fail(again.error());
  return Comparison(vector)
      .same("release", *again)
      .number("sequence", release->head.sequence)
      .number("first day", release->head.first)
      .number("last day", release->head.last)
      .same("document", release->document)
      .same("hash", hash_of_release(bytes, vector.id<RegionId>("region")).view())
      .outcome();
}

// The record in clear, and as it lies in parts under its key.
Outcome check_release_record(const Vector& vector) {
  SecretBytes<32> key;
  copy_bytes(vector.block<32>("record key"), key.fill());
  const auto opened = open_record(vector.bytes("whole"), key, vector.id<RegionId>("region"));
  if (!opened) return fail(opened.error());
  const auto again = encode(*opened);
  if (!again) return fail(again.error());
  return Comparison(vector)
      .same("record", *again)
      .number("rho", opened->rho)
      .number("pure epsilon", opened->pure)
      .number("counted", opened->counted.size())
      .outcome();
}

Outcome check_release_event(const Vector& vector) {
  const auto event = decode_release_event(vector.bytes("content"));
  if (!event) return fail(event.error());
  const auto again = encode_again(*event);
  if (!again) return fail(again.error());
  return Comparison(vector).same("content", again->view()).outcome();
}

Outcome check_release_proposal(const Vector& vector) {
  const Bytes statement = vector.bytes("statement");
  const auto proposal = read_proposal_statement(statement);
  if (!proposal) return fail(proposal.error());
  VerifyKey<role::Device> second;
  copy_bytes(vector.block<32>("second"), second.fill());
  if (!verify(second, release_label, vector.id<RegionId>("region"), statement,
              vector.id<Signature>("signature"))) {
    return fail(Error::bad_signature);
  }
  const auto again = proposal_statement(*proposal);
  if (!again) return fail(again.error());
  return Comparison(vector)
      .same("statement", *again)
      .number("first day", proposal->first)
      .number("last day", proposal->last)
      .same("terms", as_bytes(proposal->terms))
      .same("hash", hash_of_proposal(statement).view())
      .outcome();
}

Outcome check_receipt(const Vector& vector) {
  const auto receipt =
      verify_receipt(vector.bytes("receipt"), vector.id<RegionId>("region"), receiver_of(vector));
  if (!receipt) return fail(receipt.error());
  return Comparison(vector)
      .same("hash", receipt->release.view())
      .number("sequence", receipt->head.sequence)
      .number("outcome", static_cast<std::uint8_t>(receipt->outcome))
      .same("remark", receipt->remark)
      .outcome();
}

Outcome check_delivery(const Vector& vector) {
  const auto frame = vector.block<frame_size>("frame");
  const auto question = decode_delivery_question(frame);
  if (!question) return fail(question.error());
  return Comparison(vector)
      .number("verb", static_cast<std::uint8_t>(question->verb))
      .same("region", question->region.view())
      .number("roster", question->roster)
      .same("body", question->body)
      .outcome();
}

}  // namespace meldpunt::crypto::vectors
