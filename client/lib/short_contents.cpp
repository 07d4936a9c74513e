#include "client/lib/short_contents.h"

#include "crypto/hexadecimal.h"
#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

using crypto::Bytes;
using crypto::EventKind;
using crypto::SecretBuffer;

// The content of a taken_in event (crypto/case_events.h), and the plaintext in it
// (crypto/report.h).
constexpr std::size_t exported_size = 32;
constexpr std::size_t plaintext_at = exported_size + 1;
constexpr std::size_t taken_in_size = plaintext_at + crypto::report_plaintext_size;
constexpr std::size_t keys_at = plaintext_at + crypto::ReportId::size;
constexpr std::size_t keys_size =
    crypto::ThreadId::size + std::size_t{3} * 32 + crypto::kem_public_key_size;
constexpr std::size_t visit_at = keys_at + keys_size;
constexpr std::size_t kind_at = visit_at + crypto::VisitId::size + 1 + 2 + 4;
constexpr std::size_t body_at = kind_at + 1;
constexpr std::size_t short_head_size = 1 + crypto::ReportId::size + (body_at - visit_at);
// Of a part: manifest, index, length, and one byte, because none is refused.
constexpr std::size_t short_part_size = crypto::Hash::size + 2 + 2 + 1;

SecretBuffer taken_in_without_padding(Bytes content) {
  Bytes body = crypto::Reader(content.subspan(body_at)).field();
  const bool part = content[kind_at] == static_cast<std::uint8_t>(crypto::ReportKind::part);
  if (part) body = body.first(short_part_size);
  SecretBuffer out(short_head_size + 2 + body.size());
  crypto::Writer writer(out.fill());
  writer.bytes(content.subspan(exported_size, 1 + crypto::ReportId::size))
      .bytes(content.subspan(visit_at, body_at - visit_at))
      .field(body);
  if (part) crypto::Writer(out.fill().last(3)).u16(1).u8(0);
  return out;
}

crypto::Result<SecretBuffer> taken_in_with_padding(Bytes content) {
  SecretBuffer out(taken_in_size);
  crypto::Reader reader(content);
  reader.copy(out.fill().subspan(exported_size, 1 + crypto::ReportId::size));
  reader.copy(out.fill().subspan(visit_at, body_at - visit_at));
  const Bytes body = reader.field();
  if (!reader.finished() || body.size() > crypto::report_body_max) {
    return crypto::fail(crypto::Error::malformed);
  }
  crypto::Writer(out.fill().subspan(body_at)).field(body);
  return out;
}

SecretBuffer reply_with_hash(Bytes content) {
  constexpr std::size_t sealed_at = 1 + crypto::Hash::size;
  crypto::SealedReply sealed{};
  crypto::copy_bytes(content.subspan(sealed_at, sealed.size()), sealed);
  const crypto::Hash hash = crypto::hash_of_reply(sealed);
  const Bytes rest = content.subspan(sealed_at + sealed.size());
  SecretBuffer out(1 + crypto::Hash::size + rest.size());
  crypto::Writer(out.fill()).bytes(content.first(1)).bytes(hash.view()).bytes(rest);
  return out;
}

crypto::Result<SecretBuffer> reply_with_room(Bytes content) {
  crypto::Reader reader(content);
  const std::uint8_t urgent = reader.u8();
  const auto hash = reader.id<crypto::Hash>();
  if (reader.failed()) return crypto::fail(crypto::Error::malformed);
  const Bytes rest = content.subspan(1 + crypto::Hash::size);
  SecretBuffer out(1 + crypto::Hash::size + crypto::sealed_reply_size + rest.size());
  crypto::Writer writer(out.fill());
  writer.u8(urgent).bytes(crypto::Hash{}.view()).bytes(hash.view());
  crypto::copy_bytes(rest, out.fill().last(rest.size()));
  return out;
}

std::optional<SecretBuffer> change_kept_sealed(Bytes content) {
  auto change = record::decode(crypto::as_text(content));
  if (!change) return std::nullopt;
  if (!is_on_request(*change)) return SecretBuffer::of(content);
  const std::string sealed = record::encode(kept_sealed(std::move(*change)));
  return SecretBuffer::of(crypto::as_bytes(sealed));
}

}  // namespace

std::optional<SecretBuffer> shortened(EventKind kind, Bytes content) {
  switch (kind) {
    case EventKind::taken_in:
      return taken_in_without_padding(content);
    case EventKind::reply:
      return reply_with_hash(content);
    case EventKind::casework:
      return change_kept_sealed(content);
    case EventKind::assigned:
    case EventKind::posted:
    case EventKind::note:
    case EventKind::coding:
    case EventKind::consent:
    case EventKind::erasure:
      return SecretBuffer::of(content);
    case EventKind::junk:
    case EventKind::bundle:
    case EventKind::roster:
    case EventKind::vault:
    case EventKind::device_key:
    case EventKind::escalation:
    case EventKind::escalation_answer:
    case EventKind::release:
    case EventKind::received:
    case EventKind::retained:
      break;
  }
  return std::nullopt;
}

crypto::Result<SecretBuffer> lengthened(EventKind kind, Bytes content) {
  if (kind == EventKind::taken_in) return taken_in_with_padding(content);
  if (kind == EventKind::reply) return reply_with_room(content);
  return SecretBuffer::of(content);
}

crypto::Hash hash_in_place_of(const crypto::SealedReply& sealed) {
  return crypto::Reader(sealed).id<crypto::Hash>();
}

record::RecordEvent kept_sealed(record::RecordEvent change) {
  if (!is_on_request(change)) return change;
  if (change.removed) {
    change.fields.clear();
    return change;
  }
  const auto hash = crypto::hash("kept sealed", {crypto::as_bytes(record::encode(change))});
  change.fields = {{"sealed", record::Value{crypto::hexadecimal(hash.view())}}};
  return change;
}

}  // namespace meldpunt::client
