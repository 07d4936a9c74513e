// What somebody asks about what is kept of them: to erase it, to read it, to correct it, or to stop
// (GDPR, articles 15 to 21). Recorded in the case file (kind "request"), or, to erase, sent by the
// reporter in the thread. Each is to be answered within the term "request" (terms.h).
#pragma once

#include "client/lib/casework.h"
#include "client/lib/terms.h"

namespace meldpunt::client {

inline constexpr std::string_view request_to_erase = "ERASE";

struct OpenRequest {
  std::string what;  // a code of the field "what": "ERASE"
  crypto::Hour since = 0;
  std::optional<crypto::Hour> due;
};

// Those of one thread's case that are not answered yet. One to erase that was granted stays until
// the case is erased; a recorded one stands for what the reporter had sent before it.
[[nodiscard]] std::vector<OpenRequest> open_requests(const Casework& casework, const Terms& terms,
                                                     const crypto::CaseId& subject);

// When that event was written; nullopt when the journal's copy cannot be read.
[[nodiscard]] std::optional<crypto::Hour> hour_at(const Casework& casework, Position position);

}  // namespace meldpunt::client
