#include "crypto/case_events.h"
#include "crypto/key_file.h"
#include "crypto/redaction.h"
#include "crypto/successor.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

namespace {

SymmetricKey key_of(const Vector& vector, std::string_view key) {
  SymmetricKey secret;
  copy_bytes(vector.block<32>(key), secret.fill());
  return secret;
}

VaultSecret vault_of(const Vector& vector) {
  return {static_cast<VaultVersion>(vector.number("vault version")), key_of(vector, "vault key"),
          key_of(vector, "journal key")};
}

template <class Event>
Outcome same_again(const Vector& vector, const Result<Event>& event) {
  if (!event) return fail(event.error());
  const auto again = encode(*event);
  if (!again) return fail(again.error());
  return Comparison(vector).same("content", again->view()).outcome();
}

}  // namespace

Outcome check_event(const Vector& vector) {
  const auto region = vector.id<RegionId>("region");
  const auto signer = vector.id<VerifyKey<role::Device>>("signer");
  const auto device = vector.id<DeviceId>("device");
  const auto outer =
      open_event(vector.bytes("event"), vault_of(vector), region,
                 [&](const DeviceId& id, Hour) { return id == device ? &signer : nullptr; });
  if (!outer) return fail(outer.error());
  const auto content = open_content(*outer, key_of(vector, "case key"), region);
  if (!content) return fail(content.error());
  return Comparison(vector)
      .same("previous", outer->head.previous.view())
      .same("case", outer->head.subject.view())
      .number("event kind", static_cast<std::uint8_t>(outer->head.kind))
      .number("hour", outer->head.hour)
      .same("content", content->view())
      .same("hash", hash_of_event(vector.bytes("event"), region).view())
      .outcome();
}

Outcome check_case_event(const Vector& vector) {
  const Bytes content = vector.bytes("content");
  switch (static_cast<EventKind>(vector.number("event kind"))) {
    case EventKind::taken_in:
      return same_again(vector, decode_taken_in(content));
    case EventKind::junk:
      return same_again(vector, decode_junk(content));
    case EventKind::assigned:
      return same_again(vector, decode_assigned(content));
    case EventKind::reply:
      return same_again(vector, decode_reply_written(content));
    case EventKind::posted:
      return same_again(vector, decode_posted(content));
    case EventKind::note:
      return same_again(vector, decode_note(content));
    case EventKind::received:
      return same_again(vector, decode_received(content));
    case EventKind::vault:
      return same_again(vector, decode_vault_changed(content));
    case EventKind::erasure:
      return same_again(vector, decode_erasure(content));
    case EventKind::retained:
      return same_again(vector, decode_retained(content));
    case EventKind::bundle:
    case EventKind::roster:
    case EventKind::device_key:
    case EventKind::consent:
    case EventKind::escalation:
    case EventKind::escalation_answer:
    case EventKind::coding:
    case EventKind::release:
    case EventKind::casework:
      break;
  }
  return fail(Error::malformed);
}

Outcome check_slot(const Vector& vector) {
  const auto region = vector.id<RegionId>("region");
  const auto slot = vector.id<SlotId>("slot");
  const auto vault = vault_of(vector);
  const auto key = unwrap_case_key(vector.bytes("value"), slot, vault, region);
  if (!key) return fail(key.error());
  const CaseId subject = case_of(vector.id<ThreadId>("thread id"), vault, region);
  return Comparison(vector)
      .same("case key", key->view())
      .same("case", subject.view())
      .same("case after", case_after(subject, vault, region).view())
      .same("slot", slot_of(subject, region).view())
      .outcome();
}

Outcome check_grant(const Vector& vector) {
  const auto pin = trust_pin(vector.bytes("pin"));
  if (!pin) return fail(pin.error());
  const auto roster = verify_roster(vector.bytes("roster"), *pin);
  if (!roster) return fail(roster.error());
  const auto key = OpeningKey<role::Device>::from_secret(vector.block<32>("secret"));
  const auto grant = open_grant(vector.bytes("grant"), key, vector.id<DeviceId>("self"), *roster,
                                static_cast<Day>(vector.number("today")), pin->region);
  if (!grant) return fail(grant.error());
  Comparison found(vector);
  if (const auto* epochs = std::get_if<Epochs>(&*grant)) {
    Buffer days(epochs->size() * 4);
    Buffer secrets(epochs->size() * kem_secret_key_size);
    Writer day_writer(days);
    Writer secret_writer(secrets);
    for (const DatedEpoch& epoch : *epochs) {
      day_writer.u32(epoch.day);
      secret_writer.bytes(epoch.secret.secret());
    }
    found.same("epoch days", days).same("epoch secrets", secrets);
  } else if (const auto* appointment = std::get_if<Appointment>(&*grant)) {
    found.same("operations seed", appointment->operations.seed())
        .same("certificate", appointment->certificate);
  } else {
    const auto& vault = std::get<VaultSecret>(*grant);
    found.number("vault version", vault.version)
        .same("vault key", vault.vault_key->view())
        .same("journal key", vault.journal_key.view());
  }
  return found.outcome();
}

Outcome check_successor(const Vector& vector) {
  const auto successor = verify_successor(vector.bytes("successor"), vector.id<DeviceId>("device"),
                                          vector.id<RegionId>("region"));
  if (!successor) return fail(successor.error());
  return Comparison(vector)
      .same("signing", successor->signing.view())
      .same("sealing", successor->sealing.view())
      .same("curve", successor->curve.view())
      .outcome();
}

Outcome check_key_file(const Vector& vector) {
  const auto secret = unlock_with_passphrase(vector.bytes("file"), vector.bytes("passphrase"));
  if (!secret) return fail(secret.error());
  return Comparison(vector).same("content", secret->view()).outcome();
}

}  // namespace meldpunt::crypto::vectors
