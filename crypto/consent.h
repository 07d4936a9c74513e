// What the journal keeps of consent (docs/protocol.md, "Consent and escalation").
//
//   consent:   question | choice 1 | how 1 | hour 4 | text, field
//
// The question is the one of a reply (reply.h): purpose x recipient x fields, under an id. Asking
// in the thread is a reply's event, answering there a report's; this one is an answer that came
// another way, with the hour at which it was given.
#pragma once

#include "crypto/reply.h"

namespace meldpunt::crypto {

// Values are sealed and kept: never reused or renumbered.
enum class ConsentHow : std::uint8_t {
  thread = 1,     // by the reporter, under the code
  spoken = 2,     // face to face
  telephone = 3,  //
  written = 4,    // signed on paper
  guardian = 5,   // by a parent or guardian
};
inline constexpr std::uint8_t consent_hows = 5;

struct ConsentRecorded {
  ConsentQuestion question;
  ConsentChoice choice = ConsentChoice::later;
  ConsentHow how = ConsentHow::spoken;
  Hour hour = 0;  // when it was given
  std::string text;
};

Result<SecretBuffer> encode(const ConsentRecorded& event);
// malformed for `thread`: what came there is read there.
Result<ConsentRecorded> decode_consent_recorded(Bytes content);

}  // namespace meldpunt::crypto
