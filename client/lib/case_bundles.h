// The journal's events about keys: which bundles and rosters the stewards issued, so that whoever
// is shown another one can tell.
//
//   bundle:  count 1 | count times: day 4 | generation 4 | hash of the signed bundle 32
//   roster:  number 4 | hash of the signed roster 32
#pragma once

#include <vector>

#include "client/lib/case_index.h"

namespace meldpunt::client {

[[nodiscard]] crypto::Hash hash_of_bundle(crypto::Bytes signed_bundle);

crypto::Result<crypto::SecretBuffer> encode(const std::vector<IssuedBundle>& bundles);
crypto::Result<std::vector<IssuedBundle>> decode_bundles(crypto::Bytes content);

struct IssuedRoster {
  std::uint32_t number = 0;
  crypto::Hash hash;
};
crypto::Result<IssuedRoster> decode_roster_event(crypto::Bytes content);
[[nodiscard]] crypto::SecretBuffer encode_roster_event(std::uint32_t number,
                                                       const crypto::Hash& roster);

}  // namespace meldpunt::client
