#include "crypto/wire/messages.h"

#include <algorithm>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

namespace {

MailboxName read_name(Reader& reader) {
  MailboxName name{};
  reader.copy(name);
  return name;
}

void head(Writer& writer, Verb verb, MailboxKind kind) {
  writer.u8(static_cast<std::uint8_t>(verb)).u8(static_cast<std::uint8_t>(kind));
}

struct Encoder {
  Writer& writer;

  void operator()(const PutReport& put) const {
    head(writer, Verb::put, MailboxKind::intake);
    writer.u32(put.tick).u8(put.effort).bytes(put.answer.view()).bytes(put.sealed);
  }
  void operator()(const Put& put) const {
    head(writer, Verb::put, put.kind);
    writer.bytes(put.name).u64(put.position).u32(put.expires).bytes(put.guard.view());
    writer.field(put.bytes);
  }
  void operator()(const Get& get) const {
    head(writer, Verb::get, get.kind);
    writer.bytes(get.name).u64(get.position);
  }
  void operator()(const Take& take) const {
    head(writer, Verb::take, take.kind);
    writer.bytes(take.name);
  }
  void operator()(const Acknowledge& acknowledge) const {
    head(writer, Verb::acknowledge, acknowledge.kind);
    writer.bytes(acknowledge.name).u64(acknowledge.id);
  }
  void operator()(const Release& release) const {
    head(writer, Verb::release, release.kind);
    writer.bytes(release.name).u64(release.id);
  }
  void operator()(const Burn& burn) const {
    head(writer, Verb::burn, burn.kind);
    writer.bytes(burn.name).bytes(burn.token.view());
  }
  void operator()(const Erase& erase) const {
    head(writer, Verb::erase, erase.kind);
    writer.bytes(erase.name).u64(erase.position);
    for (const auto& [device, signature] : erase.signatures) {
      writer.bytes(device.view()).bytes(signature.view());
    }
  }
};

PutReport read_put_report(Reader& reader) {
  PutReport put;
  put.tick = reader.u32();
  put.effort = reader.u8();
  put.answer = reader.id<PuzzleAnswer>();
  reader.copy(put.sealed);
  return put;
}

Put read_put(Reader& reader, MailboxKind kind) {
  Put put;
  put.kind = kind;
  put.name = read_name(reader);
  put.position = reader.u64();
  put.expires = reader.u32();
  put.guard = reader.id<Hash>();
  const Bytes bytes = reader.field();
  put.bytes.assign(bytes.begin(), bytes.end());
  return put;
}

Erase read_erase(Reader& reader, MailboxKind kind) {
  Erase erase;
  erase.kind = kind;
  erase.name = read_name(reader);
  erase.position = reader.u64();
  for (auto& [device, signature] : erase.signatures) {
    device = reader.id<DeviceId>();
    signature = reader.id<Signature>();
  }
  return erase;
}

Request read_fields(Reader& reader, Verb verb, MailboxKind kind) {
  switch (verb) {
    case Verb::put:
      if (kind == MailboxKind::intake) return read_put_report(reader);
      return read_put(reader, kind);
    case Verb::get: {
      const MailboxName name = read_name(reader);
      return Get{kind, name, reader.u64()};
    }
    case Verb::take:
      return Take{kind, read_name(reader)};
    case Verb::acknowledge: {
      const MailboxName name = read_name(reader);
      return Acknowledge{kind, name, reader.u64()};
    }
    case Verb::release: {
      const MailboxName name = read_name(reader);
      return Release{kind, name, reader.u64()};
    }
    case Verb::burn: {
      const MailboxName name = read_name(reader);
      return Burn{kind, name, reader.id<BurnToken>()};
    }
    case Verb::erase:
      return read_erase(reader, kind);
  }
  reader.reject();
  return Get{};
}

}  // namespace

Result<void> encode_request(std::span<std::uint8_t, request_plaintext_size> out,
                            const Request& request) {
  // It would be read as a report that it is not.
  const auto* put = std::get_if<Put>(&request);
  if (put != nullptr && put->kind == MailboxKind::intake) return fail(Error::malformed);
  Writer writer(out);
  std::visit(Encoder{writer}, request);
  if (!writer.pad().fits()) return fail(Error::too_long);
  return {};
}

Result<Request> decode_request(std::span<const std::uint8_t, request_plaintext_size> plaintext) {
  Reader reader(plaintext);
  const std::uint8_t verb = reader.u8();
  const std::uint8_t kind = reader.u8();
  if (verb < 1 || verb > 7 || kind < 1 || kind > mailbox_kinds) return fail(Error::malformed);
  auto request = read_fields(reader, static_cast<Verb>(verb), static_cast<MailboxKind>(kind));
  if (!reader.finished_with_padding()) return fail(Error::malformed);
  return request;
}

Buffer erase_statement(const MailboxName& name, std::uint64_t version) {
  Buffer statement(name.size() + 8);
  Writer(statement).bytes(name).u64(version);
  return statement;
}

Result<void> encode_response(std::span<std::uint8_t, response_plaintext_size> out,
                             const Response& response) {
  Writer writer(out);
  writer.u8(static_cast<std::uint8_t>(response.status))
      .u16(response.wait)
      .u64(response.id)
      .u64(response.position)
      .u32(response.expires)
      .field(response.payload)
      .pad();
  if (!writer.fits()) return fail(Error::too_long);
  return {};
}

Result<Response> decode_response(std::span<const std::uint8_t, response_plaintext_size> plaintext) {
  Reader reader(plaintext);
  Response response;
  const std::uint8_t status = reader.u8();
  if (status > static_cast<std::uint8_t>(Status::stale)) reader.reject();
  response.status = static_cast<Status>(status);
  response.wait = reader.u16();
  response.id = reader.u64();
  response.position = reader.u64();
  response.expires = reader.u32();
  const Bytes payload = reader.field();
  response.payload.assign(payload.begin(), payload.end());
  if (!reader.finished_with_padding()) return fail(Error::malformed);
  return response;
}

MailboxName box_of(const DeviceId& device) {
  MailboxName name{};
  copy_bytes(device.view(), name);
  return name;
}

MailboxName staff_box() {
  MailboxName name{};
  name.fill(0xff);
  return name;
}

}  // namespace meldpunt::crypto
