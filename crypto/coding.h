// A case's codes for the trends, as the journal keeps them under the case's key (docs/protocol.md,
// "Releases"): each coding is whole, and the newest counts.
//
//   vocabulary version, field | statistics refused 1 | count 1 | count times: dimension, field |
//   code, field
//
// Version, dimensions and codes are code names; dimensions rise strictly, so that one coding has
// one way to be written. Which dimensions and codes there are is client/trends' to know: an old
// journal stays readable when the lists grow.
#pragma once

#include <map>
#include <string>

#include "crypto/result.h"
#include "crypto/secret.h"

namespace meldpunt::crypto {

struct Coding {
  std::string vocabulary;           // version of the lists that the codes are from
  bool statistics_refused = false;  // the client wants to be in no figure
  std::map<std::string, std::string> codes;

  friend bool operator==(const Coding&, const Coding&) = default;
};

// malformed when decode_coding would refuse it, too_long when it does not fit an event.
Result<SecretBuffer> encode(const Coding& coding);
Result<Coding> decode_coding(Bytes content);

}  // namespace meldpunt::crypto
