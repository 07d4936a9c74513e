// How cases, heads and enrolments are called on a screen: by words that can be said aloud.
#pragma once

#include <string>

#include "crypto/code.h"
#include "crypto/hexadecimal.h"
#include "crypto/hierarchy.h"

namespace meldpunt::client {

// Two words derived from the case id: for lists, and to say aloud. Neither secret nor certain to be
// unique: a command that is given an ambiguous one says so.
[[nodiscard]] std::string case_name(const crypto::CaseId& subject, const crypto::WordList& words);

// The same of what a partner calls a case (escalation.h): a coordinator and the partner see the
// same two words, and no other partner does.
[[nodiscard]] std::string name_at_partner(const crypto::Block<16>& reference,
                                          const crypto::WordList& words);

// Five words of a hash, to compare on two screens or by telephone (64 bits).
[[nodiscard]] std::string five_words(const crypto::Hash& hash, const crypto::WordList& words);

// What both people compare, as five words, when a device is enrolled.
[[nodiscard]] crypto::Hash hash_of_enrolment(crypto::Bytes signed_enrolment,
                                             const crypto::RegionId& region);

using crypto::from_hexadecimal;
using crypto::hexadecimal;

}  // namespace meldpunt::client
