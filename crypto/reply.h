// What a coordinator sends back (docs/protocol.md, "Reply"). One reply lies at one address; who
// knows the address key can find it, who has the code can open it.
//
//   sealed:     enc 1120 | ciphertext of 6,816 with tag
//   plaintext:  index 2 | hash of the sealed reply before 32 | last report seen 16 | status 1 |
//               burn token 32 | expires 4 | consent question length 2 | consent question |
//               text module length 2 | text module | text length 2 | text | zeros | MAC 32
//   consent question:  id 16 | recipient length 2 | recipient | purpose length 2 | purpose |
//               count 1 | count times: field length 2 | field
//   MAC:        HMAC(down key, "meldpunt/1 reply mac" | Export("meldpunt/1 reply mac", 32) |
//               all of the plaintext before it)
//
// HPKE info binds label, region and address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/report.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

// Shown in the reporter's language; values are sealed and kept: never reused or renumbered.
enum class ReplyStatus : std::uint8_t {
  read = 1,         // a person has read it
  answer = 2,       // here is an answer
  question = 3,     // we would like to know something
  working = 4,      // we are arranging something
  handed_over = 5,  // a partner has accepted, with consent
  closed = 6,       // the case is closed
  consent = 7,      // we ask for consent
};

struct ConsentQuestion {
  ConsentId id;
  std::string recipient;            // a code of the vocabulary
  std::string purpose;              // a code of the vocabulary
  std::vector<std::string> fields;  // exactly these would be passed on
  friend bool operator==(const ConsentQuestion&, const ConsentQuestion&) = default;
};

void write_consent_question(Writer& writer, const ConsentQuestion& question);
[[nodiscard]] ConsentQuestion read_consent_question(Reader& reader);
// As a field of a reply or of its event; empty: none.
Result<Buffer> encode_question(const std::optional<ConsentQuestion>& question);
[[nodiscard]] std::optional<ConsentQuestion> read_question_field(Reader& outer);

struct Reply {
  std::uint16_t index = 0;
  Hash previous;  // hash_of_reply of the one before; zero for the first
  ReportId last_seen;
  ReplyStatus status = ReplyStatus::answer;
  BurnToken burn;
  Hour expires = 0;
  std::optional<ConsentQuestion> consent;
  std::string text_module;  // code of a text that the reporter's side has in nine languages
  std::string text;

  friend bool operator==(const Reply&, const Reply&) = default;
};

// Room for text when there is no consent question and no text module.
inline constexpr std::size_t reply_text_max =
    reply_plaintext_size - (2 + Hash::size + ReportId::size + 1 + BurnToken::size + 4 + 2 + 2 + 2) -
    mac_size;

using SealedReply = Block<sealed_reply_size>;

[[nodiscard]] Hash hash_of_reply(const SealedReply& sealed);
// What the server keeps of a burn token.
[[nodiscard]] Hash guard_of(const BurnToken& token);

// too_long when the text does not fit; malformed for text that text.h refuses or an index beyond
// reply_indices.
Result<SealedReply> seal_reply(const Reply& reply, const ThreadSecrets& thread,
                               const RegionId& region, const EncapsulationSeed* seed = nullptr);

// cannot_open unless it was sealed to this thread, for this address, by who knows the down key.
Result<Reply> open_reply(std::span<const std::uint8_t, sealed_reply_size> sealed,
                         const ThreadKeys& thread, std::uint16_t index, const RegionId& region);

}  // namespace meldpunt::crypto
