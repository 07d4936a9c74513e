// Text that a person wrote: well-formed UTF-8 (RFC 3629) without control characters other than
// line feed and tab. Anything else is malformed, so that no sender can steer a reader's terminal.
#pragma once

#include "crypto/bytes.h"

namespace meldpunt::crypto {

[[nodiscard]] bool is_text(Bytes bytes);

// Codes of the vocabulary and language tags: A-Z a-z 0-9 . _ : - and nothing else, not empty.
[[nodiscard]] bool is_code_name(Bytes bytes);

}  // namespace meldpunt::crypto
