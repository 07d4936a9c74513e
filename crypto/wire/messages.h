// What a request asks and what a response says, once opened (docs/protocol.md, "Operations").
//
// There are seven verbs and one kind of mailbox after another; which verb a kind allows, and to
// whom, is the server's policy, not the format's. Every plaintext is zero-padded to the one size.
//
//   request:   verb 1 | mailbox kind 1 | fields of the verb | zeros
//     put, intake:  tick 4 | effort 1 | puzzle answer 8 | sealed report 15,229
//     put, others:  name 32 | position 8 | expires 4 | guard 32 | length 2 | bytes
//     get:          name 32 | position 8
//     take:         name 32
//     acknowledge, release:  name 32 | id 8
//     burn:         name 32 | token 32
//     erase:        name 32 | position 8 | twice: device id 16, signature 64
//   response:  status 1 | wait 2 | id 8 | position 8 | expires 4 | length 2 | payload | zeros
#pragma once

#include <variant>

#include "crypto/hierarchy.h"
#include "crypto/wire/sizes.h"

namespace meldpunt::crypto {

// Values cross the wire and are stored: never reused or renumbered.
enum class MailboxKind : std::uint8_t {
  intake = 1,   // reports that wait for a coordinator
  address = 2,  // one reply each
  box = 3,      // sealed objects for one device, or for all staff
  journal = 4,  // the coordinators' shared record
  slot = 5,     // one value each: case keys
  notice = 6,   // the steward's bundles, one a day
  roster = 7,   // every roster ever signed, in parts
  duty = 8,     // no item: the lease itself is what is taken
};
inline constexpr std::uint8_t mailbox_kinds = 8;

using MailboxName = Block<32>;
using PuzzleAnswer = Id<struct PuzzleAnswerTag, puzzle_answer_size>;

enum class Verb : std::uint8_t {
  put = 1,
  get = 2,
  take = 3,
  acknowledge = 4,
  release = 5,
  burn = 6,
  erase = 7,
};

struct PutReport {
  std::uint32_t tick = 0;  // whose challenge the answer is for
  std::uint8_t effort = 0;
  PuzzleAnswer answer;
  Block<sealed_report_size> sealed{};
};

struct Put {
  MailboxKind kind{};
  MailboxName name{};
  std::uint64_t position = 0;
  Hour expires = 0;
  Hash guard;
  Buffer bytes;
};

struct Get {
  MailboxKind kind{};
  MailboxName name{};
  std::uint64_t position = 0;
};

struct Take {
  MailboxKind kind{};
  MailboxName name{};
};

struct Acknowledge {
  MailboxKind kind{};
  MailboxName name{};
  std::uint64_t id = 0;
};

struct Release {
  MailboxKind kind{};
  MailboxName name{};
  std::uint64_t id = 0;
};

struct Burn {
  MailboxKind kind = MailboxKind::address;
  MailboxName name{};
  BurnToken token;
};

struct Countersignature {
  DeviceId device;
  Signature signature;
};

struct Erase {
  MailboxKind kind = MailboxKind::slot;
  MailboxName name{};
  std::uint64_t position = 0;  // the version that the two people saw
  std::array<Countersignature, 2> signatures;
};

using Request = std::variant<PutReport, Put, Get, Take, Acknowledge, Release, Burn, Erase>;

// too_long when the bytes do not fit, malformed for a Put into the intake, which takes PutReport.
Result<void> encode_request(std::span<std::uint8_t, request_plaintext_size> out,
                            const Request& request);
Result<Request> decode_request(std::span<const std::uint8_t, request_plaintext_size> plaintext);

// What a device signs to have a slot erased: hash("erase slot", region, name, version) is the body.
[[nodiscard]] Buffer erase_statement(const MailboxName& name, std::uint64_t version);

enum class Status : std::uint8_t {
  ok = 0,
  same = 1,       // was already so: as good as ok
  nothing = 2,    // nothing lies there, or nothing waits
  conflict = 3,   // another version or position came first; read again
  busy = 4,       // try again after `wait` seconds
  refused = 5,    // this mailbox does not allow that to you
  malformed = 6,  // not a request of this protocol version
  erased = 7,     // erased for ever
  stale = 8,  // sealed to an epoch, or solved for a challenge, no longer taken: fetch the notice
};

struct Response {
  Status status = Status::nothing;
  std::uint16_t wait = 0;      // seconds: until retry (busy), or until the lease ends (take)
  std::uint64_t id = 0;        // of the item taken
  std::uint64_t position = 0;  // of the value, or the head
  Hour expires = 0;
  Buffer payload;
};

Result<void> encode_response(std::span<std::uint8_t, response_plaintext_size> out,
                             const Response& response);
Result<Response> decode_response(std::span<const std::uint8_t, response_plaintext_size> plaintext);

// Names of mailboxes.
[[nodiscard]] MailboxName box_of(const DeviceId& device);
[[nodiscard]] MailboxName staff_box();

}  // namespace meldpunt::crypto
