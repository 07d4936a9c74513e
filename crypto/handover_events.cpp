#include "crypto/handover_events.h"

#include "crypto/written.h"

namespace meldpunt::crypto {

namespace {

void write_signature(Writer& writer, const DeviceSignature& signature) {
  writer.bytes(signature.device.view()).bytes(signature.signature.view());
}

DeviceSignature read_signature(Reader& reader) {
  DeviceSignature signature;
  signature.device = reader.id<DeviceId>();
  signature.signature = reader.id<Signature>();
  return signature;
}

Escalation read_escalation(Reader& reader) {
  const Bytes bytes = reader.field();
  auto escalation = decode_escalation(bytes);
  if (escalation && bytes.size() <= escalation_in_one) return std::move(*escalation);
  reader.reject();
  return {};
}

SecretBuffer read_withdrawal(Reader& reader) {
  const Bytes bytes = reader.field();
  if (!decode_withdrawal(bytes)) reader.reject();
  return SecretBuffer::of(bytes);
}

struct StepWriter {
  Writer& writer;
  Bytes escalation;  // encoded

  void operator()(const Proposed&) const { writer.u8(1).field(escalation); }
  void operator()(const Sent&) const { writer.u8(2).field(escalation); }
  void operator()(const CarriedStep& step) const {
    writer.u8(3).bytes(step.escalation.view()).u8(static_cast<std::uint8_t>(step.what));
  }
  void operator()(const Withdrawn& step) const { writer.u8(4).field(step.withdrawal.view()); }
  void operator()(const Reviewed& step) const {
    writer.u8(5).bytes(step.escalation.view());
    write_signature(writer, step.second);
  }
  void operator()(const Part& part) const {
    writer.u8(6);
    write_part(writer, part);
  }
  void operator()(const InParts& step) const {
    writer.u8(7).u8(static_cast<std::uint8_t>(step.stage));
    write_manifest(writer, step.manifest);
  }
};

// Only two steps hold an escalation.
Result<SecretBuffer> escalation_in(const EscalationStep& step) {
  if (const auto* proposed = std::get_if<Proposed>(&step)) return encode(proposed->escalation);
  if (const auto* sent = std::get_if<Sent>(&step)) return encode(sent->escalation);
  return SecretBuffer();
}

Part read_escalation_part(Reader& reader) {
  Part part = read_part(reader);
  if (part.index >= escalation_parts_max || part.bytes.size() > escalation_part_size) {
    reader.reject();
  }
  return part;
}

InParts read_in_parts(Reader& reader) {
  InParts step;
  step.stage = enumerator<Stage>(reader, 2);
  step.manifest = read_manifest(reader);
  if (!is_of_escalation(step.manifest)) reader.reject();
  return step;
}

EscalationStep read_step(Reader& reader) {
  switch (reader.u8()) {
    case 1:
      return Proposed{read_escalation(reader)};
    case 2:
      return Sent{read_escalation(reader)};
    case 3: {
      const auto id = reader.id<EscalationId>();
      return CarriedStep{id, enumerator<Carried>(reader, 3)};
    }
    case 4:
      return Withdrawn{read_withdrawal(reader)};
    case 5: {
      const auto id = reader.id<EscalationId>();
      return Reviewed{id, read_signature(reader)};
    }
    case 6:
      return read_escalation_part(reader);
    case 7:
      return read_in_parts(reader);
  }
  reader.reject();
  return CarriedStep{};
}

void write_proposal(Writer& writer, const ErasureProposed& proposal) {
  writer.u64(proposal.version);
  write_signature(writer, proposal.first);
  writer.field(as_bytes(proposal.reason));
  if (!proposal.strikes.empty()) write_strikes(writer, proposal.strikes);
}

ErasureProposed read_proposal(Reader& reader) {
  ErasureProposed proposal;
  proposal.version = reader.u64();
  proposal.first = read_signature(reader);
  proposal.reason = text_field(reader);
  if (!reader.finished()) proposal.strikes = read_strikes(reader);
  return proposal;
}

struct RequestWriter {
  Writer& writer;
  Bytes escalation;  // encoded
  Bytes statement;   // of the proposal to release

  void operator()(const Escalation&) const { writer.u8(1).field(escalation); }
  void operator()(const ErasureToSign& erasure) const {
    writer.u8(2).bytes(erasure.subject.view());
    write_proposal(writer, erasure.proposal);
  }
  void operator()(const ClosingToSign& closing) const {
    writer.u8(3)
        .bytes(closing.subject.view())
        .u64(closing.position)
        .bytes(closing.first.view())
        .field(as_bytes(closing.closing));
  }
  void operator()(const ReleaseProposal& /*proposal*/) const { writer.u8(4).bytes(statement); }
};

ClosingToSign read_closing(Reader& reader) {
  ClosingToSign closing;
  closing.subject = reader.id<CaseId>();
  closing.position = reader.u64();
  closing.first = reader.id<DeviceId>();
  closing.closing = text_field(reader);
  return closing;
}

ReleaseProposal read_release(Reader& reader) {
  auto proposal = read_proposal_statement(reader.rest());
  if (proposal) return std::move(*proposal);
  reader.reject();
  return {};
}

// What is answered, by a signature or a refusal.
template <class Answer>
void write_answered(Writer& writer, const Answer& answer) {
  writer.u8(static_cast<std::uint8_t>(answer.what)).bytes(answer.id).u64(answer.version);
}

template <class Answer>
Answer read_answered(Reader& reader) {
  Answer answer;
  answer.what = enumerator<Countersigned>(reader, countersigned_kinds);
  reader.copy(answer.id);
  answer.version = reader.u64();
  const bool has_version =
      answer.what == Countersigned::erasure || answer.what == Countersigned::closing;
  if (!has_version && answer.version != 0) reader.reject();
  return answer;
}

}  // namespace

Result<SecretBuffer> encode(const EscalationStep& step) {
  const auto escalation = escalation_in(step);
  if (!escalation) return fail(escalation.error());
  return if_readable(written_within(event_content_max,
                                    [&](Writer& writer) {
                                      std::visit(StepWriter{writer, escalation->view()}, step);
                                    }),
                     decode_escalation_step);
}

Result<EscalationStep> decode_escalation_step(Bytes content) {
  Reader reader(content);
  EscalationStep step = read_step(reader);
  return if_finished(reader, std::move(step));
}

bool is_of_escalation(const Manifest& manifest) {
  return manifest.kind == PartsKind::escalation && manifest.size > escalation_in_one &&
         manifest.size <= escalation_max && manifest.parts.size() <= escalation_parts_max;
}

Result<std::vector<EscalationStep>> steps_of(const Escalation& escalation, Stage stage) {
  const auto whole = encode(escalation);
  if (!whole) return fail(whole.error());
  std::vector<EscalationStep> steps;
  if (whole->size() <= escalation_in_one) {
    if (stage == Stage::sent) {
      steps.emplace_back(Sent{escalation});
    } else {
      steps.emplace_back(Proposed{escalation});
    }
    return steps;
  }
  auto manifest = make_manifest(PartsKind::escalation, whole->view(), escalation_part_size);
  if (!manifest) return fail(manifest.error());
  for (std::size_t i = 0; i < manifest->parts.size(); ++i) {
    steps.emplace_back(
        make_part(*manifest, whole->view(), escalation_part_size, static_cast<std::uint16_t>(i)));
  }
  steps.emplace_back(InParts{stage, std::move(*manifest)});
  return steps;
}

Result<SecretBuffer> encode(const AnswerReceived& event) {
  return if_readable(written_within(event_content_max,
                                    [&](Writer& writer) {
                                      writer.bytes(event.object.view()).field(event.answer.view());
                                    }),
                     decode_answer_received);
}

Result<AnswerReceived> decode_answer_received(Bytes content) {
  Reader reader(content);
  AnswerReceived event;
  event.object = reader.id<Hash>();
  const Bytes answer = reader.field();
  if (!decode_answer(answer)) reader.reject();
  event.answer = SecretBuffer::of(answer);
  return if_finished(reader, std::move(event));
}

Result<SecretBuffer> encode(const ErasureProposed& event) {
  return if_readable(
      written_within(event_content_max, [&](Writer& writer) { write_proposal(writer, event); }),
      decode_erasure_proposed);
}

Result<ErasureProposed> decode_erasure_proposed(Bytes content) {
  Reader reader(content);
  ErasureProposed event = read_proposal(reader);
  return if_finished(reader, std::move(event));
}

Buffer closing_statement(const ClosingToSign& closing) {
  Buffer bytes(CaseId::size + 8 + closing.closing.size());
  Writer(bytes)
      .bytes(closing.subject.view())
      .u64(closing.position)
      .bytes(as_bytes(closing.closing));
  return bytes;
}

Result<SecretBuffer> encode(const ToCountersign& request) {
  const auto* escalation = std::get_if<Escalation>(&request);
  auto encoded = escalation != nullptr ? encode(*escalation) : Result<SecretBuffer>(SecretBuffer());
  if (!encoded) return encoded;
  const auto* proposal = std::get_if<ReleaseProposal>(&request);
  const auto statement =
      proposal != nullptr ? proposal_statement(*proposal) : Result<Buffer>(Buffer());
  if (!statement) return fail(statement.error());
  return if_readable(
      written_within(object_content_max,
                     [&](Writer& writer) {
                       std::visit(RequestWriter{writer, encoded->view(), *statement}, request);
                     }),
      decode_to_countersign);
}

Result<ToCountersign> decode_to_countersign(Bytes content) {
  Reader reader(content);
  ToCountersign request;
  switch (enumerator<Countersigned>(reader, countersigned_kinds)) {
    case Countersigned::escalation:
      request = read_escalation(reader);
      break;
    case Countersigned::erasure: {
      const auto subject = reader.id<CaseId>();
      request = ErasureToSign{subject, read_proposal(reader)};
      break;
    }
    case Countersigned::closing:
      request = read_closing(reader);
      break;
    case Countersigned::release:
      request = read_release(reader);
      break;
  }
  return if_finished(reader, std::move(request));
}

Result<SecretBuffer> encode(const SecondSignature& signature) {
  return if_readable(written_within(event_content_max,
                                    [&](Writer& writer) {
                                      write_answered(writer, signature);
                                      writer.bytes(signature.signature.view());
                                    }),
                     decode_second_signature);
}

Result<SecondSignature> decode_second_signature(Bytes content) {
  Reader reader(content);
  auto signature = read_answered<SecondSignature>(reader);
  signature.signature = reader.id<Signature>();
  return if_finished(reader, signature);
}

Result<SecretBuffer> encode(const SecondRefusal& refusal) {
  return if_readable(written_within(event_content_max,
                                    [&](Writer& writer) {
                                      write_answered(writer, refusal);
                                      writer.field(as_bytes(refusal.reason));
                                    }),
                     decode_second_refusal);
}

Result<SecondRefusal> decode_second_refusal(Bytes content) {
  Reader reader(content);
  auto refusal = read_answered<SecondRefusal>(reader);
  refusal.reason = text_field(reader);
  if (refusal.reason.empty()) reader.reject();
  return if_finished(reader, std::move(refusal));
}

}  // namespace meldpunt::crypto
