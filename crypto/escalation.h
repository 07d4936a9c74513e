// An escalation: chosen fields of one case, signed by a coordinator's device, for one partner; and
// what is said about it (docs/protocol.md, "Consent and escalation").
//
//   escalation:  body | sender 16 | signature 64 | seconded 1 | when 1: second device 16 |
//                signature 64
//   body:        escalation id 16 | region id 32 | recipient, field | case reference 16 | hour 4 |
//                valid until 4 | answer by 4 | journal head 32 | purpose, field | basis |
//                count 1 | count times: code, field; value, field
//   basis:       1 consent:   kind 1 | consent id 16 | how 1 | hour 4
//                2 override:  kind 1 | legal ground, field | reason, field
//                3 in haste:  kind 1 | legal ground, field | reason, field | review by 4
//   answer:      body of: escalation id 16 | answer id 16 | said 1 | hour 4 | text, field
//                | device 16 | signature 64
//   withdrawal:  body of: escalation id 16 | recipient, field | hour 4 | text, field
//                | sender 16 | signature 64
//
// Recipient, purpose, legal ground and field codes are code names; reason, values and texts are
// text. Labels of the signatures: "escalation", "escalation second", "escalation answer",
// "withdrawal". An override has a second signature, the other bases have none.
#pragma once

#include <variant>

#include "crypto/boxed.h"
#include "crypto/consent.h"
#include "crypto/xaead.h"

namespace meldpunt::crypto {

using EscalationId = Id<struct EscalationIdTag, 16>;  // random
using AnswerId = Id<struct AnswerIdTag, 16>;          // random
using CaseReference = Id<struct CaseReferenceTag, 16>;

// What a partner calls a case: another for each recipient, and nothing to anyone without the case's
// key.
[[nodiscard]] CaseReference case_reference(const SymmetricKey& case_key, std::string_view recipient,
                                           const RegionId& region);

struct ByConsent {
  ConsentId id;
  ConsentHow how = ConsentHow::thread;
  Hour hour = 0;  // when it was given
  friend bool operator==(const ByConsent&, const ByConsent&) = default;
};
// Without consent: with a second person's signature, or before it, until `review_by`.
struct Override {
  std::string legal_ground;
  std::string reason;
  std::optional<Hour> review_by;  // present: sent in haste, to be reviewed
  friend bool operator==(const Override&, const Override&) = default;
};
using Basis = std::variant<ByConsent, Override>;

struct SharedField {
  std::string code;
  std::string value;
  friend bool operator==(const SharedField&, const SharedField&) = default;
};

struct DeviceSignature {
  DeviceId device;
  Signature signature;
  friend bool operator==(const DeviceSignature&, const DeviceSignature&) = default;
};

struct Escalation {
  EscalationId id;
  RegionId region;
  std::string recipient;
  CaseReference reference;
  Hour hour = 0;         // when it was signed
  Hour valid_until = 0;  // a partner's device does not take it in later
  Hour answer_by = 0;
  Hash journal_head;  // shown as five words
  std::string purpose;
  Basis basis;
  std::vector<SharedField> fields;  // at least one, no code twice
  DeviceSignature sender;
  std::optional<DeviceSignature> second;

  [[nodiscard]] bool needs_second() const;
};

// Leaves room for what carries it: an event, an object, and a request to countersign. Beyond it an
// escalation travels in parts (parts.h), through the journal and through boxes alike.
inline constexpr std::size_t escalation_in_one = object_content_max - 128;
inline constexpr std::size_t escalation_part_size = object_content_max - Hash::size - 2 - 2;
// A case with sixteen full reports, some seventy printed pages: more than a person reads through
// before signing, and few enough frames that a partner's device keeps all of it at once.
inline constexpr std::size_t escalation_parts_max = 16;
inline constexpr std::size_t escalation_max = escalation_parts_max * escalation_part_size;

// The body, which both people sign.
Result<SecretBuffer> body_of(const Escalation& escalation);
[[nodiscard]] DeviceSignature sign_escalation(Bytes body, const DeviceId& device,
                                              const SigningKey<role::Device>& key,
                                              const RegionId& region);
[[nodiscard]] DeviceSignature countersign_escalation(Bytes body, const DeviceId& device,
                                                     const SigningKey<role::Device>& key,
                                                     const RegionId& region);
[[nodiscard]] bool signed_by(const Escalation& escalation, const VerifyKey<role::Device>& key);
[[nodiscard]] bool countersigned_by(const Escalation& escalation,
                                    const VerifyKey<role::Device>& key);

// too_long beyond escalation_max; malformed when decode_escalation would refuse it.
Result<SecretBuffer> encode(const Escalation& escalation);
// Signatures are not checked here.
Result<Escalation> decode_escalation(Bytes bytes);

// Values are sealed and kept: never reused or renumbered.
enum class Said : std::uint8_t {
  received = 1,  // by the partner's program
  accepted = 2,
  refused = 3,
  done = 4,
  printed = 5,  // it is on paper now: nothing else changes
};
inline constexpr std::uint8_t said_kinds = 5;

struct EscalationAnswer {
  EscalationId escalation;
  AnswerId id;
  Said said = Said::received;
  Hour hour = 0;
  std::string text;
  DeviceSignature signer;
};

// Signs and encodes.
Result<SecretBuffer> sign_answer(const EscalationAnswer& answer,
                                 const SigningKey<role::Device>& key, const RegionId& region);
Result<EscalationAnswer> decode_answer(Bytes bytes);
[[nodiscard]] bool signed_by(Bytes answer, const VerifyKey<role::Device>& key,
                             const RegionId& region);

struct Withdrawal {
  EscalationId escalation;
  std::string recipient;
  Hour hour = 0;
  std::string text;
  DeviceSignature sender;
};

Result<SecretBuffer> sign_withdrawal(const Withdrawal& withdrawal,
                                     const SigningKey<role::Device>& key, const RegionId& region);
Result<Withdrawal> decode_withdrawal(Bytes bytes);
[[nodiscard]] bool withdrawal_signed_by(Bytes withdrawal, const VerifyKey<role::Device>& key,
                                        const RegionId& region);

}  // namespace meldpunt::crypto
