// What the events of a case say: the content under the case key (docs/protocol.md, "Journal").
//
//   taken_in:  exported value 32 | continues 1 | report plaintext 14,089
//   junk:      epoch id 4 | envelope hash 32
//   assigned:  device id 16 (zero: back in the queue)
//   reply:     urgent 1 | guard 32 | sealed reply 7,952 | fields of the reply: index 2 |
//              previous 32 | last seen 16 | status 1 | expires 4 | consent question | text module |
//              text
//   posted:    index 2
//   note:      text
//   vault:     version of the vault before 4 | its journal key 32
//   erasure:   case id 16 | slot version 8 | twice: device id 16, signature 64 | 1, where the case
//              goes on as the next of its thread (redaction.h)
//   received:  hash of the boxed object 32 | giver 16 | object kind 1 (0: none could be read) |
//              content, field (empty: it was not believed)
#pragma once

#include "crypto/boxed.h"
#include "crypto/event.h"
#include "crypto/reply.h"
#include "crypto/wire/messages.h"

namespace meldpunt::crypto {

struct TakenIn {
  OpenedReport report;
  bool continues = false;  // its MAC fits the thread's first report (true for the first itself)
};

struct Junk {
  EpochId epoch;
  Hash envelope;
};

struct Assigned {
  DeviceId to;
};

// The burn token is not kept: its writer forgets it, only the sealed reply carries it.
struct ReplyWritten {
  bool urgent = false;
  Hash guard;
  SealedReply sealed{};
  std::uint16_t index = 0;
  Hash previous;
  ReportId last_seen;
  ReplyStatus status = ReplyStatus::answer;
  Hour expires = 0;
  std::optional<ConsentQuestion> consent;
  std::string text_module;
  std::string text;
};

struct Posted {
  std::uint16_t index = 0;
};

struct Note {
  std::string text;
};

// The first event under a vault's version: so a device that is given the newest secret alone reads
// its way back to the first.
struct VaultChanged {
  VaultVersion before = 0;
  SymmetricKey journal_key;
};

// Two people had a case's slot erased; their statements, so that they can be made again where a
// backup brings the slot back. It names the case in the open, because the case's own key is gone.
struct Erasure {
  CaseId subject;
  std::uint64_t version = 0;  // of the slot, that the two signed
  std::array<Countersignature, 2> signatures;
  bool goes_on = false;  // something was struck from it
};

// An object from the staff's box that concerns no case.
struct Received {
  Hash object;  // hash_of_object: what makes it once
  DeviceId giver;
  std::optional<ObjectKind> kind;  // none: it opened, and was no object
  SecretBuffer content;            // empty: it came, and was not believed
};

// too_long when it does not fit an event, malformed when its decode function would refuse it.
Result<SecretBuffer> encode(const TakenIn& event);
Result<SecretBuffer> encode(const Junk& event);
Result<SecretBuffer> encode(const Assigned& event);
Result<SecretBuffer> encode(const ReplyWritten& event);
Result<SecretBuffer> encode(const Posted& event);
Result<SecretBuffer> encode(const Note& event);
Result<SecretBuffer> encode(const VaultChanged& event);
Result<SecretBuffer> encode(const Erasure& event);
Result<SecretBuffer> encode(const Received& event);

Result<TakenIn> decode_taken_in(Bytes content);
Result<Junk> decode_junk(Bytes content);
Result<Assigned> decode_assigned(Bytes content);
Result<ReplyWritten> decode_reply_written(Bytes content);
Result<Posted> decode_posted(Bytes content);
Result<Note> decode_note(Bytes content);
// malformed when both statements are one device's.
Result<Erasure> decode_erasure(Bytes content);
Result<VaultChanged> decode_vault_changed(Bytes content);
Result<Received> decode_received(Bytes content);

}  // namespace meldpunt::crypto
