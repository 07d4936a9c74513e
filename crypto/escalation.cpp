#include "crypto/escalation.h"

#include <algorithm>

#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/written.h"

namespace meldpunt::crypto {

namespace {

constexpr std::string_view first_label = "escalation";
constexpr std::string_view second_label = "escalation second";
constexpr std::string_view answer_label = "escalation answer";
constexpr std::string_view withdrawal_label = "withdrawal";

constexpr std::uint8_t by_consent = 1;
constexpr std::uint8_t by_override = 2;
constexpr std::uint8_t in_haste = 3;
constexpr std::size_t device_signature_size = DeviceId::size + signature_size;

void write_signature(Writer& writer, const DeviceSignature& signature) {
  writer.bytes(signature.device.view()).bytes(signature.signature.view());
}

DeviceSignature read_signature(Reader& reader) {
  DeviceSignature signature;
  signature.device = reader.id<DeviceId>();
  signature.signature = reader.id<Signature>();
  return signature;
}

struct BasisWriter {
  Writer& writer;

  void operator()(const ByConsent& consent) const {
    writer.u8(by_consent)
        .bytes(consent.id.view())
        .u8(static_cast<std::uint8_t>(consent.how))
        .u32(consent.hour);
  }
  void operator()(const Override& without) const {
    writer.u8(without.review_by ? in_haste : by_override)
        .field(as_bytes(without.legal_ground))
        .field(as_bytes(without.reason));
    if (without.review_by) writer.u32(*without.review_by);
  }
};

Basis read_basis(Reader& reader) {
  const std::uint8_t kind = reader.u8();
  if (kind == by_consent) {
    ByConsent consent;
    consent.id = reader.id<ConsentId>();
    consent.how = enumerator<ConsentHow>(reader, consent_hows);
    consent.hour = reader.u32();
    return consent;
  }
  if (kind != by_override && kind != in_haste) reader.reject();
  Override without;
  without.legal_ground = name_field(reader);
  without.reason = text_field(reader);
  if (without.reason.empty()) reader.reject();
  if (kind == in_haste) without.review_by = reader.u32();
  return without;
}

void write_body(Writer& writer, const Escalation& escalation) {
  writer.bytes(escalation.id.view())
      .bytes(escalation.region.view())
      .field(as_bytes(escalation.recipient))
      .bytes(escalation.reference.view())
      .u32(escalation.hour)
      .u32(escalation.valid_until)
      .u32(escalation.answer_by)
      .bytes(escalation.journal_head.view())
      .field(as_bytes(escalation.purpose));
  std::visit(BasisWriter{writer}, escalation.basis);
  writer.u8(static_cast<std::uint8_t>(escalation.fields.size()));
  for (const SharedField& field : escalation.fields) {
    writer.field(as_bytes(field.code)).field(as_bytes(field.value));
  }
}

std::vector<SharedField> read_fields(Reader& reader) {
  std::vector<SharedField> fields;
  const std::size_t count = reader.u8();
  if (count == 0) reader.reject();
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    SharedField field{name_field(reader), {}};
    field.value = text_field(reader);
    const bool twice = std::any_of(fields.begin(), fields.end(), [&](const SharedField& other) {
      return other.code == field.code;
    });
    if (twice) reader.reject();
    fields.push_back(std::move(field));
  }
  return fields;
}

Escalation read_body(Reader& reader) {
  Escalation escalation;
  escalation.id = reader.id<EscalationId>();
  escalation.region = reader.id<RegionId>();
  escalation.recipient = name_field(reader);
  escalation.reference = reader.id<CaseReference>();
  escalation.hour = reader.u32();
  escalation.valid_until = reader.u32();
  escalation.answer_by = reader.u32();
  escalation.journal_head = reader.id<Hash>();
  escalation.purpose = name_field(reader);
  escalation.basis = read_basis(reader);
  escalation.fields = read_fields(reader);
  return escalation;
}

// A count of 256 or more would be written as its low byte.
bool countable(const Escalation& escalation) { return escalation.fields.size() <= 0xff; }

template <class Write>
Result<SecretBuffer> signed_bytes(std::string_view label, const DeviceId& device,
                                  const SigningKey<role::Device>& key, const RegionId& region,
                                  Write write) {
  return written_within(escalation_in_one, [&](Writer& writer) {
    write(writer);
    const Signature signature = key.sign(label, region, writer.written());
    write_signature(writer, {device, signature});
  });
}

bool ends_with_signature(std::string_view label, Bytes bytes, const VerifyKey<role::Device>& key,
                         const RegionId& region) {
  if (bytes.size() < device_signature_size) return false;
  Signature signature;
  copy_bytes(bytes.last(signature_size), signature.fill());
  return verify(key, label, region, bytes.first(bytes.size() - device_signature_size), signature);
}

}  // namespace

CaseReference case_reference(const SymmetricKey& case_key, std::string_view recipient,
                             const RegionId& region) {
  Transient<32> out;
  hmac(out.fill(), case_key.view(), {bind("case reference", {region.view(), as_bytes(recipient)})});
  CaseReference reference;
  copy_bytes(out.view().first<CaseReference::size>(), reference.fill());
  return reference;
}

bool Escalation::needs_second() const {
  const auto* without = std::get_if<Override>(&basis);
  return without != nullptr && !without->review_by;
}

Result<SecretBuffer> body_of(const Escalation& escalation) {
  if (!countable(escalation)) return fail(Error::too_many);
  return written_within(escalation_max, [&](Writer& writer) { write_body(writer, escalation); });
}

DeviceSignature sign_escalation(Bytes body, const DeviceId& device,
                                const SigningKey<role::Device>& key, const RegionId& region) {
  return {device, key.sign(first_label, region, body)};
}

DeviceSignature countersign_escalation(Bytes body, const DeviceId& device,
                                       const SigningKey<role::Device>& key,
                                       const RegionId& region) {
  return {device, key.sign(second_label, region, body)};
}

bool signed_by(const Escalation& escalation, const VerifyKey<role::Device>& key) {
  const auto body = body_of(escalation);
  return body &&
         verify(key, first_label, escalation.region, body->view(), escalation.sender.signature);
}

bool countersigned_by(const Escalation& escalation, const VerifyKey<role::Device>& key) {
  const auto body = body_of(escalation);
  return body && escalation.second &&
         verify(key, second_label, escalation.region, body->view(), escalation.second->signature);
}

Result<SecretBuffer> encode(const Escalation& escalation) {
  if (!countable(escalation)) return fail(Error::too_many);
  return if_readable(written_within(escalation_max,
                                    [&](Writer& writer) {
                                      write_body(writer, escalation);
                                      write_signature(writer, escalation.sender);
                                      writer.u8(escalation.second ? 1 : 0);
                                      if (escalation.second) {
                                        write_signature(writer, *escalation.second);
                                      }
                                    }),
                     decode_escalation);
}

Result<Escalation> decode_escalation(Bytes bytes) {
  if (bytes.size() > escalation_max) return fail(Error::malformed);
  Reader reader(bytes);
  Escalation escalation = read_body(reader);
  escalation.sender = read_signature(reader);
  const std::uint8_t seconded = reader.u8();
  if (seconded > 1 || (seconded == 1 && !escalation.needs_second())) reader.reject();
  if (seconded == 1) escalation.second = read_signature(reader);
  return if_finished(reader, std::move(escalation));
}

Result<SecretBuffer> sign_answer(const EscalationAnswer& answer,
                                 const SigningKey<role::Device>& key, const RegionId& region) {
  return if_readable(signed_bytes(answer_label, answer.signer.device, key, region,
                                  [&](Writer& writer) {
                                    writer.bytes(answer.escalation.view())
                                        .bytes(answer.id.view())
                                        .u8(static_cast<std::uint8_t>(answer.said))
                                        .u32(answer.hour)
                                        .field(as_bytes(answer.text));
                                  }),
                     decode_answer);
}

Result<EscalationAnswer> decode_answer(Bytes bytes) {
  Reader reader(bytes);
  EscalationAnswer answer;
  answer.escalation = reader.id<EscalationId>();
  answer.id = reader.id<AnswerId>();
  answer.said = enumerator<Said>(reader, said_kinds);
  answer.hour = reader.u32();
  answer.text = text_field(reader);
  answer.signer = read_signature(reader);
  return if_finished(reader, std::move(answer));
}

bool signed_by(Bytes answer, const VerifyKey<role::Device>& key, const RegionId& region) {
  return ends_with_signature(answer_label, answer, key, region);
}

Result<SecretBuffer> sign_withdrawal(const Withdrawal& withdrawal,
                                     const SigningKey<role::Device>& key, const RegionId& region) {
  return if_readable(signed_bytes(withdrawal_label, withdrawal.sender.device, key, region,
                                  [&](Writer& writer) {
                                    writer.bytes(withdrawal.escalation.view())
                                        .field(as_bytes(withdrawal.recipient))
                                        .u32(withdrawal.hour)
                                        .field(as_bytes(withdrawal.text));
                                  }),
                     decode_withdrawal);
}

Result<Withdrawal> decode_withdrawal(Bytes bytes) {
  Reader reader(bytes);
  Withdrawal withdrawal;
  withdrawal.escalation = reader.id<EscalationId>();
  withdrawal.recipient = name_field(reader);
  withdrawal.hour = reader.u32();
  withdrawal.text = text_field(reader);
  withdrawal.sender = read_signature(reader);
  return if_finished(reader, std::move(withdrawal));
}

bool withdrawal_signed_by(Bytes withdrawal, const VerifyKey<role::Device>& key,
                          const RegionId& region) {
  return ends_with_signature(withdrawal_label, withdrawal, key, region);
}

}  // namespace meldpunt::crypto
