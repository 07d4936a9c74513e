#include "crypto/coding.h"
#include "crypto/release.h"
#include "crypto/wire/delivery.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::crypto::fuzz {

namespace {

template <class Value>
void same_again(Bytes bytes, const Result<Value>& value) {
  if (!value) return;
  const auto again = encode(*value);
  must(again.has_value());
  if constexpr (requires { again->view(); }) {
    must(equal_bytes(again->view(), bytes));
  } else {
    must(equal_bytes(*again, bytes));
  }
}

struct EncodeAgain {
  Result<SecretBuffer> operator()(const Part& part) const { return encode_release_part(part); }
  template <class Event>
  Result<SecretBuffer> operator()(const Event& event) const {
    return encode(event);
  }
};

}  // namespace

void coding(Bytes bytes) { same_again(bytes, decode_coding(bytes)); }

void release(Bytes bytes) { same_again(bytes, decode_release(bytes)); }

void release_record(Bytes bytes) { same_again(bytes, decode_release_record(bytes)); }

void release_event(Bytes bytes) {
  const auto event = decode_release_event(bytes);
  if (!event) return;
  const auto again = std::visit(EncodeAgain{}, *event);
  must(again && equal_bytes(again->view(), bytes));
}

// The bytes as they stand, and as the body of a receipt that is signed.
void receipt(Bytes bytes) {
  const test::FixedDevice signer(0x61, DeviceRole::receiver, "comensha");
  const auto region = test::id_of<RegionId>(0x21);
  (void)verify_receipt(bytes, region, signer.entry.signing);
  const Bytes body = bytes.first(bytes.size() > signature_size ? bytes.size() - signature_size : 0);
  const Buffer made = joined(body, signer.signing.sign("release receipt", region, body).view());
  const auto read = verify_receipt(made, region, signer.entry.signing);
  if (!read) return;
  const auto again = sign_receipt(*read, region, signer.signing);
  must(again && equal_bytes(*again, made));
}

void delivery(Bytes bytes) {
  const auto frame = sized<frame_size>(bytes);
  Frame again{};
  if (const auto question = decode_delivery_question(frame)) {
    must(encode(again, *question) && again == frame);
  }
  if (const auto answer = decode_delivery_answer(frame)) {
    must(encode(again, *answer) && again == frame);
  }
}

}  // namespace meldpunt::crypto::fuzz
