#include "crypto/hierarchy.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::crypto::fuzz {

namespace {

const test::FixedRegion& region() {
  static const test::FixedRegion fixed;
  return fixed;
}

const Buffer& certificate() {
  static const Buffer bytes = region().signed_certificate();
  return bytes;
}

// body | certificate | signature, whatever the body.
Buffer certified(std::string_view label, Bytes body) {
  const Buffer all = joined(body, certificate());
  return joined(all, region().operations.sign(label, region().id, all).view());
}

// What stands before certificate and signature, when that is what the bytes end with.
Bytes body_of(Bytes bytes) {
  const std::size_t tail = certificate().size() + signature_size;
  return bytes.size() > tail ? bytes.first(bytes.size() - tail) : bytes;
}

void check_pin(Bytes bytes) {
  const auto pin = trust_pin(bytes);
  if (!pin) return;
  const Buffer again = sign_pin(*pin, region().root);
  must(again.size() == bytes.size() &&
       equal_bytes(Bytes(again).first(again.size() - signature_size),
                   bytes.first(bytes.size() - signature_size)));
  (void)follow_pin(bytes, region().pin);
}

void check_roster(Bytes bytes) {
  const auto roster = verify_roster(bytes, region().pin);
  if (!roster) return;
  must(sign_roster(*roster, region().id, certificate(), region().operations) ==
       Buffer(bytes.begin(), bytes.end()));
}

void check_bundle(Bytes bytes) {
  const auto bundle = verify_bundle(bytes, region().pin);
  if (!bundle) return;
  must(sign_bundle(*bundle, region().id, certificate(), region().operations) ==
       Buffer(bytes.begin(), bytes.end()));
}

void check_enrolment(Bytes bytes) {
  const auto enrolment = verify_enrolment(bytes, region().id);
  if (!enrolment) return;
  const Buffer again = sign_enrolment(enrolment->device, region().id, region().steward.signing);
  must(again.size() == bytes.size() &&
       equal_bytes(Bytes(again).first(again.size() - signature_size),
                   bytes.first(bytes.size() - signature_size)));
}

}  // namespace

void pin(Bytes bytes) {
  check_pin(bytes);
  // Signed, and founded as what it says that it is.
  const Bytes body = bytes.first(bytes.size() - std::min(bytes.size(), signature_size));
  check_pin(joined(body, region().root.sign("pin", region().id, body).view()));
}

void bundle(Bytes bytes) {
  check_bundle(bytes);
  check_bundle(certified("bundle", body_of(bytes)));
}

void roster(Bytes bytes) {
  check_roster(bytes);
  check_roster(certified("roster", body_of(bytes)));
}

void enrolment(Bytes bytes) {
  check_enrolment(bytes);
  // Signed by the device whose key the bytes are made to name.
  Buffer body(bytes.begin(),
              bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() -
                                                          std::min(bytes.size(), signature_size)));
  if (body.size() < 20) return;
  const std::size_t key_at = 20 + (static_cast<std::size_t>(body[18]) << 8 | body[19]);
  if (key_at + verify_key_size > body.size()) return;
  const auto& signer = region().steward.signing;
  copy_bytes(signer.public_key().view(), MutableBytes(body).subspan(key_at));
  check_enrolment(joined(body, signer.sign("enrolment", region().id, body).view()));
}

}  // namespace meldpunt::crypto::fuzz
