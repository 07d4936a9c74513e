// One entry of the journal: the encrypted record that the coordinators share (docs/protocol.md,
// "Journal").
//
//   event:    vault version 4 | nonce 24 | ciphertext with tag; 512, 4,096 or 15,104 bytes in all
//   outer:    hash of the event before 32 | case id 16 | kind 1 | hour 4 | device id 16 |
//             content length 2 | content | signature 64 | zeros        under the journal key
//   content:  nonce 24 | ciphertext with tag                            under the case key
//
// The signature is the device's, over everything of the outer part before it. An event that
// concerns no case has a zero case id, and its content lies under a key derived from the journal
// key. hash of an event = hash("event hash", region, the event as it crosses the wire).
#pragma once

#include "crypto/vault.h"

namespace meldpunt::crypto {

// Values are sealed and kept: never reused or renumbered. The layouts are in case_events.h.
enum class EventKind : std::uint8_t {
  taken_in = 1,  // a report with its plaintext
  junk = 2,      // opened under the right secret and was no report
  assigned = 3,
  reply = 4,
  posted = 5,  // a reply lies at its address
  note = 6,
  bundle = 7,              // hash of a bundle that was issued
  roster = 8,              // hash of a roster that was issued
  vault = 9,               // the first under a new version: the journal key of the one before
  device_key = 10,         // a fresh sealing key of the device that writes it
  erasure = 11,            // two people had a case's slot erased
  consent = 12,            // asked, given, refused, later or withdrawn
  escalation = 13,         // chosen fields, to a partner
  escalation_answer = 14,  // what the partner said
  coding = 15,             // a case's codes of the vocabulary
  release = 16,            // a finished set of trend figures, and what it cost
  received = 17,           // an object from the staff's box that concerns no case
  casework = 18,           // one change to a case file: JSON (docs/casework.md)
  retained = 19,           // the next events of the case are what was not struck from another
};
inline constexpr std::uint8_t event_kinds = 19;

struct EventHead {
  Hash previous;  // zero for the first
  CaseId subject;
  EventKind kind = EventKind::note;
  Hour hour = 0;
  DeviceId device;
};

struct OuterEvent {
  EventHead head;
  Buffer content;  // still sealed
};

[[nodiscard]] Hash hash_of_event(Bytes event, const RegionId& region);

// The key for content of events without a case.
[[nodiscard]] SymmetricKey region_content_key(const VaultSecret& vault, const RegionId& region);

// too_long beyond event_content_max. The size tells which of three classes the content has, unless
// `full` asks for the largest: every taken_in and reply event does.
Result<Buffer> seal_event(const EventHead& head, Bytes content, const SymmetricKey& content_key,
                          const VaultSecret& vault, const SigningKey<role::Device>& signer,
                          const RegionId& region, bool full);

Result<VaultVersion> vault_version_of_event(Bytes event);

// cannot_open under another journal key; bad_signature unless `device_key(device id, hour)` gives
// the key that signed it (null: nobody who may write). Content stays sealed.
template <class DeviceKey>
Result<OuterEvent> open_event(Bytes event, const VaultSecret& vault, const RegionId& region,
                              DeviceKey&& device_key);

Result<SecretBuffer> open_content(const OuterEvent& event, const SymmetricKey& content_key,
                                  const RegionId& region);

namespace detail {
struct UncheckedEvent {
  OuterEvent outer;
  Buffer signed_bytes;
  Signature signature;
};
Result<UncheckedEvent> decrypt_event(Bytes event, const VaultSecret& vault, const RegionId& region);
}  // namespace detail

template <class DeviceKey>
Result<OuterEvent> open_event(Bytes event, const VaultSecret& vault, const RegionId& region,
                              DeviceKey&& device_key) {
  auto decrypted = detail::decrypt_event(event, vault, region);
  if (!decrypted) return fail(decrypted.error());
  const VerifyKey<role::Device>* key =
      device_key(decrypted->outer.head.device, decrypted->outer.head.hour);
  if (key == nullptr ||
      !verify(*key, "event", region, decrypted->signed_bytes, decrypted->signature)) {
    return fail(Error::bad_signature);
  }
  return std::move(decrypted->outer);
}

}  // namespace meldpunt::crypto
