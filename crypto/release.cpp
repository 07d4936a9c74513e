#include "crypto/release.h"

#include "crypto/label.h"
#include "crypto/wire/sizes.h"
#include "crypto/written.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {

namespace {

constexpr std::size_t head_size = 4 + 1 + 4 + 4;
constexpr std::uint8_t form_part = 1;
constexpr std::uint8_t form_manifest = 2;
constexpr std::uint8_t form_proposal = 3;
constexpr std::uint8_t form_second = 4;
constexpr std::uint8_t form_refusal = 5;
// What one event carries of the sealed record beside its form and the part's own fields.
constexpr std::size_t part_size = event_content_max - 1 - Hash::size - 2 - 2;

bool is_series(std::uint8_t series) {
  return series == static_cast<std::uint8_t>(Series::inflow) ||
         series == static_cast<std::uint8_t>(Series::closures);
}

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
  const bool sound = known ? head.sequence > 0 && is_series(series) && head.first <= head.last
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

void write_statement(Writer& writer, const ReleaseProposal& proposal) {
  writer.u8(static_cast<std::uint8_t>(proposal.series))
      .u32(proposal.first)
      .u32(proposal.last)
      .bytes(proposal.device.view())
      .u32(proposal.hour)
      .field(as_bytes(proposal.terms));
}

ReleaseProposal read_statement(Reader& reader) {
  ReleaseProposal proposal;
  const std::uint8_t series = reader.u8();
  proposal.first = reader.u32();
  proposal.last = reader.u32();
  if (!is_series(series) || proposal.first > proposal.last) reader.reject();
  proposal.series = static_cast<Series>(series);
  proposal.device = reader.id<DeviceId>();
  proposal.hour = reader.u32();
  proposal.terms = text_field(reader);
  if (proposal.terms.size() > release_terms_max) reader.reject();
  return proposal;
}

ReleaseSecond read_second(Reader& reader) {
  ReleaseSecond second;
  second.proposal = reader.id<Hash>();
  second.device = reader.id<DeviceId>();
  second.signature = reader.id<Signature>();
  return second;
}

ReleaseRefusal read_refusal(Reader& reader) {
  ReleaseRefusal refusal;
  refusal.proposal = reader.id<Hash>();
  refusal.device = reader.id<DeviceId>();
  refusal.reason = text_field(reader);
  if (refusal.reason.empty()) reader.reject();
  return refusal;
}

ReleaseManifest read_last(Reader& reader) {
  ReleaseManifest manifest;
  reader.copy(manifest.key.fill());
  manifest.manifest = read_manifest(reader);
  if (manifest.manifest.kind != PartsKind::release) reader.reject();
  return manifest;
}

ReleaseEvent read_event(Reader& reader) {
  switch (reader.u8()) {
    case form_part:
      return read_part(reader);
    case form_manifest:
      return read_last(reader);
    case form_proposal:
      return read_statement(reader);
    case form_second:
      return read_second(reader);
    case form_refusal:
      return read_refusal(reader);
  }
  reader.reject();
  return ReleaseProposal{};
}

Result<SecretBuffer> event_of(Result<SecretBuffer> content) {
  return if_readable(std::move(content), decode_release_event);
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
  Buffer bytes(4 + record.release.size() + 4 + 8 + 8 + 4 + record.counted.size() * CaseId::size);
  Writer writer(bytes);
  writer.u32(static_cast<std::uint32_t>(record.release.size()))
      .bytes(record.release)
      .u32(record.hour)
      .u64(record.rho)
      .u64(record.pure)
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
  record.rho = reader.u64();
  record.pure = reader.u64();
  const std::uint32_t count = reader.u32();
  if ((record.rho != 0 && record.pure != 0) || count > release_cases_max ||
      reader.remaining() != count * CaseId::size) {
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
  return written_within(event_content_max, [&](Writer& writer) {
    writer.u8(form_part);
    write_part(writer, part);
  });
}

Result<SecretBuffer> encode(const ReleaseManifest& manifest) {
  return written_within(event_content_max, [&](Writer& writer) {
    writer.u8(form_manifest).bytes(manifest.key.view());
    write_manifest(writer, manifest.manifest);
  });
}

Result<SecretBuffer> encode(const ReleaseProposal& proposal) {
  if (proposal.terms.size() > release_terms_max) return fail(Error::too_long);
  return event_of(written_within(event_content_max, [&](Writer& writer) {
    writer.u8(form_proposal);
    write_statement(writer, proposal);
  }));
}

Result<SecretBuffer> encode(const ReleaseSecond& second) {
  return event_of(written_within(event_content_max, [&](Writer& writer) {
    writer.u8(form_second)
        .bytes(second.proposal.view())
        .bytes(second.device.view())
        .bytes(second.signature.view());
  }));
}

Result<SecretBuffer> encode(const ReleaseRefusal& refusal) {
  return event_of(written_within(event_content_max, [&](Writer& writer) {
    writer.u8(form_refusal)
        .bytes(refusal.proposal.view())
        .bytes(refusal.device.view())
        .field(as_bytes(refusal.reason));
  }));
}

Result<ReleaseEvent> decode_release_event(Bytes content) {
  Reader reader(content);
  ReleaseEvent event = read_event(reader);
  return if_finished(reader, std::move(event));
}

Result<Buffer> proposal_statement(const ReleaseProposal& proposal) {
  if (proposal.terms.size() > release_terms_max) return fail(Error::too_long);
  Buffer statement(1 + 4 + 4 + DeviceId::size + 4 + 2 + proposal.terms.size());
  Writer writer(statement);
  write_statement(writer, proposal);
  if (!read_proposal_statement(statement)) return fail(Error::malformed);
  return statement;
}

Result<ReleaseProposal> read_proposal_statement(Bytes statement) {
  Reader reader(statement);
  ReleaseProposal proposal = read_statement(reader);
  return if_finished(reader, std::move(proposal));
}

Hash hash_of_proposal(Bytes statement) { return hash("release proposal", {statement}); }

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
