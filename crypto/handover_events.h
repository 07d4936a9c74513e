// What the journal keeps of escalations, and of what two people do together (docs/protocol.md,
// "Consent and escalation").
//
//   escalation:         step 1 | 1 proposed, 2 sent:  escalation, field
//                                3 carried:  escalation id 16 | what 1 (1 proposal, 2 escalation,
//                                            3 withdrawal)
//                                4 withdrawn:  withdrawal, field
//                                5 reviewed:  escalation id 16 | device 16 | signature 64
//                                6 part:  part (parts.h) of an escalation
//                                7 in parts:  step 1 (1 proposed, 2 sent) | manifest (parts.h,
//                                             kind escalation)
//   escalation answer:  object hash 32 | answer, field
//   erasure of a case:  slot version 8 | device 16 | signature 64 | reason, field | strikes
//                       (redaction.h; left out: all of it goes)   (the proposal, under the case's
//                       key)
//
// Steps 1 and 2 hold what fits one event. Of anything longer the parts come first and the manifest
// last: until it is there nothing was proposed or sent.
//
// and between coordinators and approvers, as objects (an escalation that is longer goes to an
// approver as it goes to a partner: a manifest and parts):
//
//   to countersign:     kind 1 | 1 escalation:  escalation, field
//                                2 erasure:  case id 16 | slot version 8 | device 16 |
//                                            signature 64 | reason, field | strikes, or nothing
//                                3 closing of a minor's case:  case id 16 | number of its event in
//                                            the journal 8 | device 16 | what it says, field
//                                4 release of figures:  proposal (release.h), to the end
//   countersignature:   kind 1 | id 16 | version 8 | signature 64
//   second refusal:     kind 1 | id 16 | version 8 | reason, field, not empty
//
// The id is the escalation's or the case's; of a release the first 16 bytes of its proposal's hash.
// The version is the slot's for an erasure, the number of the event for a closing, and otherwise 0.
// A closing is countersigned under the label "close case", over case id, number and what it says; a
// release under "release figures", over its proposal.
#pragma once

#include "crypto/escalation.h"
#include "crypto/parts.h"
#include "crypto/redaction.h"
#include "crypto/release.h"

namespace meldpunt::crypto {

struct Proposed {
  Escalation escalation;  // waits for its second signature
};
struct Sent {
  Escalation escalation;
};
enum class Carried : std::uint8_t { proposal = 1, escalation = 2, withdrawal = 3 };
struct CarriedStep {
  EscalationId escalation;
  Carried what{};
};
struct Withdrawn {
  SecretBuffer withdrawal;
};
struct Reviewed {
  EscalationId escalation;
  DeviceSignature second;
};
enum class Stage : std::uint8_t { proposed = 1, sent = 2 };
struct InParts {
  Stage stage{};
  Manifest manifest;
};
using EscalationStep =
    std::variant<Proposed, Sent, CarriedStep, Withdrawn, Reviewed, Part, InParts>;

Result<SecretBuffer> encode(const EscalationStep& step);
Result<EscalationStep> decode_escalation_step(Bytes content);

// Of an escalation that needs parts, and may have them. Everywhere else such a manifest is refused.
[[nodiscard]] bool is_of_escalation(const Manifest& manifest);
// The steps that journal an escalation, in their order: one, or its parts and then InParts.
Result<std::vector<EscalationStep>> steps_of(const Escalation& escalation, Stage stage);

struct AnswerReceived {
  Hash object;  // in which it came
  SecretBuffer answer;
};
Result<SecretBuffer> encode(const AnswerReceived& event);
Result<AnswerReceived> decode_answer_received(Bytes content);

struct ErasureProposed {
  std::uint64_t version = 0;  // of the slot
  DeviceSignature first;
  std::string reason;
  std::vector<Strike> strikes{};  // none: the whole case goes
};
Result<SecretBuffer> encode(const ErasureProposed& event);
Result<ErasureProposed> decode_erasure_proposed(Bytes content);

struct ErasureToSign {
  CaseId subject;
  ErasureProposed proposal;
};
// As the case file says it, in JSON; who signs binds these words.
struct ClosingToSign {
  CaseId subject;
  std::uint64_t position = 0;  // of the closing's event
  DeviceId first;              // who proposed it
  std::string closing;
};
// What both sign, and nobody could mean otherwise.
[[nodiscard]] Buffer closing_statement(const ClosingToSign& closing);
using ToCountersign = std::variant<Escalation, ErasureToSign, ClosingToSign, ReleaseProposal>;
Result<SecretBuffer> encode(const ToCountersign& request);
Result<ToCountersign> decode_to_countersign(Bytes content);

enum class Countersigned : std::uint8_t { escalation = 1, erasure = 2, closing = 3, release = 4 };
inline constexpr std::uint8_t countersigned_kinds = 4;
struct SecondSignature {
  Countersigned what{};
  Block<16> id{};             // of the escalation, the case, or the proposal
  std::uint64_t version = 0;  // of the slot, or the number of the closing's event
  Signature signature;
};
Result<SecretBuffer> encode(const SecondSignature& signature);
Result<SecondSignature> decode_second_signature(Bytes content);

// The second person does not sign.
struct SecondRefusal {
  Countersigned what{};
  Block<16> id{};             // as of a signature
  std::uint64_t version = 0;  // the same
  std::string reason;
};
Result<SecretBuffer> encode(const SecondRefusal& refusal);
Result<SecondRefusal> decode_second_refusal(Bytes content);

}  // namespace meldpunt::crypto
