// What a report encloses, put together from the parts that came with it: the rest of a long text,
// and images. A part is believed by its hash, whoever sent it.
#pragma once

#include <vector>

#include "client/lib/casework.h"
#include "crypto/parts.h"

namespace meldpunt::client {

struct Enclosure {
  crypto::PartsKind kind = crypto::PartsKind::text;
  std::size_t size = 0;  // as the report says
  std::size_t parts = 0;
  std::size_t missing = 0;
  crypto::SecretBuffer whole;  // empty while a part is missing
};

// In the report's order. `story`: of the case that the report is in.
[[nodiscard]] std::vector<Enclosure> enclosures_of(const crypto::Statement& statement,
                                                   const std::vector<StoryEntry>& story);

// "image, 180 kB, complete"; "image, 180 kB, 3 of 16 parts missing"
[[nodiscard]] std::string describe(const Enclosure& enclosure);

}  // namespace meldpunt::client
