// What the folds over the journal need of an event's content, and no more: what the sealed copy of
// what was read (opened_copy.h) keeps.
//
//   taken_in  continues 1 | report id 16 | visit id 16 | part 1 | last reply read 2 | hour 4 |
//             kind 1 | body. Left out: the thread's keys, the MAC, the padding, and the bytes of an
//             enclosed photo
//   reply     urgent 1 | hash of the sealed reply 32 | what follows the sealed reply
//   casework  as it is; of what is shown on request only, a hash in the place of its fields
//   assigned, posted, note, coding, consent, erasure   as they are
//
// Everything else stays in the journal and is read from there: what concerns no case (some of it
// brings keys), and escalations, whose fields are values.
#pragma once

#include <optional>

#include "client/record/record_event.h"
#include "crypto/case_events.h"

namespace meldpunt::client {

// The content was read before. nullopt: it stays in the journal.
[[nodiscard]] std::optional<crypto::SecretBuffer> shortened(crypto::EventKind kind,
                                                            crypto::Bytes content);

// What the decoder of that kind reads again, with zeros for what was left out; of a reply the hash
// stands where the sealed reply begins. malformed: it was not made by shortened().
[[nodiscard]] crypto::Result<crypto::SecretBuffer> lengthened(crypto::EventKind kind,
                                                              crypto::Bytes content);

// The hash in a reply that was lengthened.
[[nodiscard]] crypto::Hash hash_in_place_of(const crypto::SealedReply& sealed);

// Of what is shown on request only, with a hash, by which two different ones are told apart, in the
// place of its fields; anything else as it is.
[[nodiscard]] record::RecordEvent kept_sealed(record::RecordEvent change);

}  // namespace meldpunt::client
