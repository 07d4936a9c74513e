#include "crypto/case_events.h"

#include <algorithm>

#include "crypto/written.h"

namespace meldpunt::crypto {

namespace {

template <class Write>
Result<SecretBuffer> written_event(Write write) {
  return written_within(event_content_max, write);
}

bool read_flag(Reader& reader) {
  const std::uint8_t flag = reader.u8();
  if (flag > 1) reader.reject();
  return flag == 1;
}

}  // namespace

Result<SecretBuffer> encode(const TakenIn& event) {
  return written_event([&](Writer& writer) {
    writer.bytes(event.report.exported)
        .u8(event.continues ? 1 : 0)
        .bytes(event.report.plaintext.view());
  });
}

Result<TakenIn> decode_taken_in(Bytes content) {
  Reader reader(content);
  TakenIn event;
  reader.copy(event.report.exported);
  event.continues = read_flag(reader);
  reader.copy(event.report.plaintext.fill());
  return if_finished(reader, std::move(event));
}

Result<SecretBuffer> encode(const Junk& event) {
  return written_event(
      [&](Writer& writer) { writer.bytes(event.epoch.view()).bytes(event.envelope.view()); });
}

Result<Junk> decode_junk(Bytes content) {
  Reader reader(content);
  Junk event;
  event.epoch = reader.id<EpochId>();
  event.envelope = reader.id<Hash>();
  return if_finished(reader, event);
}

Result<SecretBuffer> encode(const Assigned& event) {
  return written_event([&](Writer& writer) { writer.bytes(event.to.view()); });
}

Result<Assigned> decode_assigned(Bytes content) {
  Reader reader(content);
  return if_finished(reader, Assigned{reader.id<DeviceId>()});
}

Result<SecretBuffer> encode(const ReplyWritten& event) {
  const auto question = encode_question(event.consent);
  if (!question) return fail(question.error());
  return if_readable(written_event([&](Writer& writer) {
                       writer.u8(event.urgent ? 1 : 0)
                           .bytes(event.guard.view())
                           .bytes(event.sealed)
                           .u16(event.index)
                           .bytes(event.previous.view())
                           .bytes(event.last_seen.view())
                           .u8(static_cast<std::uint8_t>(event.status))
                           .u32(event.expires)
                           .field(*question)
                           .field(as_bytes(event.text_module))
                           .field(as_bytes(event.text));
                     }),
                     decode_reply_written);
}

Result<ReplyWritten> decode_reply_written(Bytes content) {
  Reader reader(content);
  ReplyWritten event;
  event.urgent = read_flag(reader);
  event.guard = reader.id<Hash>();
  reader.copy(event.sealed);
  event.index = reader.u16();
  event.previous = reader.id<Hash>();
  event.last_seen = reader.id<ReportId>();
  const std::uint8_t status = reader.u8();
  if (status < 1 || status > 7 || event.index >= reply_indices) reader.reject();
  event.status = static_cast<ReplyStatus>(status);
  event.expires = reader.u32();
  event.consent = read_question_field(reader);
  event.text_module = text_field(reader);
  event.text = text_field(reader);
  return if_finished(reader, std::move(event));
}

Result<SecretBuffer> encode(const Posted& event) {
  return if_readable(written_event([&](Writer& writer) { writer.u16(event.index); }),
                     decode_posted);
}

Result<Posted> decode_posted(Bytes content) {
  Reader reader(content);
  Posted event{reader.u16()};
  if (event.index >= reply_indices) reader.reject();
  return if_finished(reader, event);
}

Result<SecretBuffer> encode(const Note& event) {
  return if_readable(written_event([&](Writer& writer) { writer.field(as_bytes(event.text)); }),
                     decode_note);
}

Result<Note> decode_note(Bytes content) {
  Reader reader(content);
  return if_finished(reader, Note{text_field(reader)});
}

Result<SecretBuffer> encode(const VaultChanged& event) {
  return if_readable(written_event([&](Writer& writer) {
                       writer.u32(event.before).bytes(event.journal_key.view());
                     }),
                     decode_vault_changed);
}

Result<VaultChanged> decode_vault_changed(Bytes content) {
  Reader reader(content);
  VaultChanged event;
  event.before = reader.u32();
  reader.copy(event.journal_key.fill());
  if (event.before == 0) reader.reject();
  return if_finished(reader, std::move(event));
}

Result<SecretBuffer> encode(const Erasure& event) {
  return if_readable(written_event([&](Writer& writer) {
                       writer.bytes(event.subject.view()).u64(event.version);
                       for (const Countersignature& each : event.signatures) {
                         writer.bytes(each.device.view()).bytes(each.signature.view());
                       }
                       if (event.goes_on) writer.u8(1);
                     }),
                     decode_erasure);
}

Result<Erasure> decode_erasure(Bytes content) {
  Reader reader(content);
  Erasure event;
  event.subject = reader.id<CaseId>();
  event.version = reader.u64();
  for (Countersignature& each : event.signatures) {
    each.device = reader.id<DeviceId>();
    each.signature = reader.id<Signature>();
  }
  const bool one_device = event.signatures[0].device == event.signatures[1].device;
  if (one_device || event.subject.is_zero() || event.version == 0) reader.reject();
  if (!reader.failed() && !reader.finished()) {
    event.goes_on = true;
    if (reader.u8() != 1) reader.reject();
  }
  return if_finished(reader, event);
}

Result<SecretBuffer> encode(const Received& event) {
  return if_readable(written_event([&](Writer& writer) {
                       writer.bytes(event.object.view())
                           .bytes(event.giver.view())
                           .u8(event.kind ? static_cast<std::uint8_t>(*event.kind) : 0)
                           .field(event.content.view());
                     }),
                     decode_received);
}

Result<Received> decode_received(Bytes content) {
  Reader reader(content);
  Received event;
  event.object = reader.id<Hash>();
  event.giver = reader.id<DeviceId>();
  const std::uint8_t kind = reader.u8();
  if (kind > object_kinds) reader.reject();
  if (kind > 0) event.kind = static_cast<ObjectKind>(kind);
  event.content = SecretBuffer::of(reader.field());
  return if_finished(reader, std::move(event));
}

}  // namespace meldpunt::crypto
