#include "crypto/release.h"

#include "crypto/label.h"
#include "crypto/text.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/sizes.h"
#include "crypto/wire/writer.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t head_size = 4 + 1 + 4 + 4;
constexpr std::uint8_t form_part = 1;
constexpr std::uint8_t form_manifest = 2;
// What one event carries of the sealed record beside its form and the part's own fields.
constexpr std::size_t part_size = event_content_max - 1 - Hash::size - 2 - 2;

void write_head(Writer& writer, const ReleaseHead& head) {
  writer.u32(head.sequence)
      .u8(static_cast<std::uint8_t>(head.series))
      .u32(head.first)
      .u32(head.last);
}

// `known`: false where nothing may be said of the release.
ReleaseHead read_head(Reader& reader, bool known) {
  ReleaseHead head;
  head.sequence = reader.u32();
  const std::uint8_t series = reader.u8();
  head.first = reader.u32();
  head.last = reader.u32();
  const bool sound = known ? head.sequence > 0 && series == 1 && head.first <= head.last
                           : head.sequence == 0 && series == 0 && head.first == 0 && head.last == 0;
  if (!sound) reader.reject();
  head.series = static_cast<Series>(series);
  return head;
}

Buffer receipt_body(const ReleaseReceipt& receipt) {
  Buffer body(Hash::size + head_size + 1 + 4 + 2 + receipt.remark.size());
  Writer writer(body);
  writer.bytes(receipt.release.view());
  write_head(writer, receipt.head);
  writer.u8(static_cast<std::uint8_t>(receipt.outcome))
      .u32(receipt.hour)
      .field(as_bytes(receipt.remark));
  return body;
}

Result<ReleaseReceipt> parse_receipt(Bytes body) {
  Reader reader(body);
  ReleaseReceipt receipt;
  receipt.release = reader.id<Hash>();
  // The outcome stands after the head and says whether there is one.
  const std::size_t outcome_at = Hash::size + head_size;
  const bool known = body.size() > outcome_at &&
                     body[outcome_at] != static_cast<std::uint8_t>(ReceiptOutcome::unreadable);
  receipt.head = read_head(reader, known);
  const std::uint8_t outcome = reader.u8();
  if (outcome < 1 || outcome > 4) reader.reject();
  receipt.outcome = static_cast<ReceiptOutcome>(outcome);
  receipt.hour = reader.u32();
  const Bytes remark = reader.field();
  if (remark.size() > receipt_remark_max || !is_text(remark)) reader.reject();
  receipt.remark = std::string(as_text(remark));
  if (!reader.finished()) return fail(Error::malformed);
  return receipt;
}

}  // namespace

Result<Buffer> encode(const TrendRelease& release) {
  if (release.document.size() > release_document_max) return fail(Error::too_long);
  Buffer bytes(head_size + release.document.size());
  Writer writer(bytes);
  write_head(writer, release.head);
  writer.bytes(release.document);
  if (!decode_release(bytes)) return fail(Error::malformed);
  return bytes;
}

Result<TrendRelease> decode_release(Bytes bytes) {
  Reader reader(bytes);
  TrendRelease release;
  release.head = read_head(reader, true);
  const Bytes document = reader.rest();
  if (document.empty() || document.size() > release_document_max || !is_text(document)) {
    reader.reject();
  }
  if (!reader.finished()) return fail(Error::malformed);
  release.document.assign(document.begin(), document.end());
  return release;
}

Hash hash_of_release(Bytes release, const RegionId& region) {
  return hash("release", {region.view(), release});
}

Result<Buffer> encode(const ReleaseRecord& record) {
  if (record.counted.size() > release_cases_max) return fail(Error::too_many);
  Buffer bytes(4 + record.release.size() + 4 + 1 + 4 + 4 + 4 +
               record.counted.size() * CaseId::size);
  Writer writer(bytes);
  writer.u32(static_cast<std::uint32_t>(record.release.size()))
      .bytes(record.release)
      .u32(record.hour)
      .u8(record.tables)
      .u32(record.epsilon_numerator)
      .u32(record.epsilon_denominator)
      .u32(static_cast<std::uint32_t>(record.counted.size()));
  for (const CaseId& subject : record.counted) writer.bytes(subject.view());
  if (!decode_release_record(bytes)) return fail(Error::malformed);
  return bytes;
}

Result<ReleaseRecord> decode_release_record(Bytes bytes) {
  Reader reader(bytes);
  ReleaseRecord record;
  const Bytes release = reader.bytes(reader.u32());
  if (!decode_release(release)) reader.reject();
  record.release.assign(release.begin(), release.end());
  record.hour = reader.u32();
  record.tables = reader.u8();
  record.epsilon_numerator = reader.u32();
  record.epsilon_denominator = reader.u32();
  const std::uint32_t count = reader.u32();
  if (record.tables == 0 || record.epsilon_numerator == 0 || record.epsilon_denominator == 0 ||
      count > release_cases_max || reader.remaining() != count * CaseId::size) {
    return fail(Error::malformed);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto subject = reader.id<CaseId>();
    if (i > 0 && !(record.counted.back() < subject)) return fail(Error::malformed);
    record.counted.push_back(subject);
  }
  if (!reader.finished()) return fail(Error::malformed);
  return record;
}

Result<SecretBuffer> encode_release_part(const Part& part) {
  SecretBuffer content(event_content_max);
  Writer writer(content.fill());
  writer.u8(form_part);
  write_part(writer, part);
  if (!writer.fits()) return fail(Error::too_long);
  content.shrink(writer.size());
  return content;
}

Result<SecretBuffer> encode(const ReleaseManifest& manifest) {
  SecretBuffer content(event_content_max);
  Writer writer(content.fill());
  writer.u8(form_manifest).bytes(manifest.key.view());
  write_manifest(writer, manifest.manifest);
  if (!writer.fits()) return fail(Error::too_long);
  content.shrink(writer.size());
  return content;
}

Result<ReleaseEvent> decode_release_event(Bytes content) {
  Reader reader(content);
  const std::uint8_t form = reader.u8();
  if (form == form_part) {
    Part part = read_part(reader);
    if (!reader.finished()) return fail(Error::malformed);
    return part;
  }
  ReleaseManifest manifest;
  reader.copy(manifest.key.fill());
  manifest.manifest = read_manifest(reader);
  if (!reader.finished() || form != form_manifest || manifest.manifest.kind != PartsKind::release) {
    return fail(Error::malformed);
  }
  return manifest;
}

Result<SplitRecord> split_record(const ReleaseRecord& record, const RegionId& region) {
  const auto plain = encode(record);
  if (!plain) return fail(plain.error());
  ReleaseManifest manifest{SecretBytes<32>::random(), {}};
  Buffer whole(plain->size() + xaead_overhead);
  xaead_seal(whole, *plain, bind("release record", {region.view()}), manifest.key);
  auto made = make_manifest(PartsKind::release, whole, part_size);
  if (!made) return fail(made.error());
  manifest.manifest = std::move(*made);
  SplitRecord split;
  for (std::size_t i = 0; i < manifest.manifest.parts.size(); ++i) {
    auto part = encode_release_part(
        make_part(manifest.manifest, whole, part_size, static_cast<std::uint16_t>(i)));
    if (!part) return fail(part.error());
    split.parts.push_back(std::move(*part));
  }
  auto last = encode(manifest);
  if (!last) return fail(last.error());
  split.manifest = std::move(*last);
  return split;
}

Result<ReleaseRecord> open_record(Bytes whole, const SecretBytes<32>& key, const RegionId& region) {
  if (whole.size() < xaead_overhead) return fail(Error::malformed);
  Buffer plain(whole.size() - xaead_overhead);
  const auto opened = xaead_open(plain, whole, bind("release record", {region.view()}), key);
  if (!opened) return fail(opened.error());
  return decode_release_record(plain);
}

Result<Buffer> sign_receipt(const ReleaseReceipt& receipt, const RegionId& region,
                            const SigningKey<role::Device>& receiver) {
  if (receipt.remark.size() > receipt_remark_max) return fail(Error::too_long);
  Buffer bytes = receipt_body(receipt);
  if (!parse_receipt(bytes)) return fail(Error::malformed);
  const Signature signature = receiver.sign("release receipt", region, bytes);
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return bytes;
}

Result<ReleaseReceipt> read_receipt(Bytes bytes) {
  if (bytes.size() < signature_size) return fail(Error::malformed);
  return parse_receipt(bytes.first(bytes.size() - signature_size));
}

Result<ReleaseReceipt> verify_receipt(Bytes bytes, const RegionId& region,
                                      const VerifyKey<role::Device>& receiver) {
  if (bytes.size() < signature_size) return fail(Error::malformed);
  const Bytes body = bytes.first(bytes.size() - signature_size);
  auto receipt = parse_receipt(body);
  if (!receipt) return fail(receipt.error());
  Signature signature;
  copy_bytes(bytes.last(signature_size), signature.fill());
  if (!verify(receiver, "release receipt", region, body, signature)) {
    return fail(Error::bad_signature);
  }
  return receipt;
}

}  // namespace meldpunt::crypto
