#include <cstdlib>

#include "crypto/parts.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_region.h"

namespace meldpunt::crypto::fuzz {

namespace {

const test::FixedRegion& region() {
  static const test::FixedRegion fixed;
  return fixed;
}

void same_notice(const Frame& frame, const Notice& notice) {
  Reader area(Bytes(frame).first(bundle_area_size));
  const auto again = sign_notice(area.field(), notice.digest, region().id, region().daemon);
  must(again && *again == frame);
}

}  // namespace

void must(bool true_or_not) {
  if (!true_or_not) std::abort();
}

void frame(Bytes bytes) {
  const auto sealed = sized<frame_size>(bytes);
  Block<request_plaintext_size> plaintext{};
  (void)open_request(plaintext, sealed, region().request, region().id);
  Block<response_plaintext_size> answer{};
  const ResponseKey key(HpkeContext(test::filled<32>(1), {}), test::filled<hpke_enc_size>(2));
  (void)key.open(answer, sealed);
}

void request(Bytes bytes) {
  const auto plaintext = sized<request_plaintext_size>(bytes);
  const auto decoded = decode_request(plaintext);
  if (!decoded) return;
  Block<request_plaintext_size> again{};
  must(encode_request(again, *decoded).has_value() && again == plaintext);
}

void response(Bytes bytes) {
  const auto plaintext = sized<response_plaintext_size>(bytes);
  const auto decoded = decode_response(plaintext);
  if (!decoded) return;
  Block<response_plaintext_size> again{};
  must(encode_response(again, *decoded).has_value() && again == plaintext);
}

void notice(Bytes bytes) {
  Frame frame = sized<frame_size>(bytes);
  if (const auto good = verify_notice(frame, region().pin)) same_notice(frame, *good);
  // Under the bundle that passes, with whatever the rest says, signed.
  const Buffer bundle = region().signed_bundle();
  Writer(MutableBytes(frame).first(bundle_area_size)).field(bundle);
  const auto signature =
      region().daemon.sign("notice", region().id, Bytes(frame).first(frame_size - signature_size));
  copy_bytes(signature.view(), MutableBytes(frame).last(signature_size));
  if (const auto good = verify_notice(frame, region().pin)) same_notice(frame, *good);
}

void parts(Bytes bytes) {
  Reader reader(bytes);
  const Manifest manifest = read_manifest(reader);
  if (reader.finished()) {
    Buffer again(bytes.size());
    Writer writer(again);
    write_manifest(writer, manifest);
    must(writer.fits() && equal_bytes(again, bytes));
    Assembly assembly(manifest);
    must(!assembly.whole());
  }
  Reader other(bytes);
  const Part part = read_part(other);
  if (!other.finished()) return;
  Buffer again(bytes.size());
  Writer writer(again);
  write_part(writer, part);
  must(writer.fits() && equal_bytes(again, bytes));
}

}  // namespace meldpunt::crypto::fuzz
