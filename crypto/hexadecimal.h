// Bytes as hexadecimal digits, for screens, scripts and JSON. Not for secrets: it takes no care to
// be constant in time.
#pragma once

#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace meldpunt::crypto {

// Lower case, two digits a byte.
[[nodiscard]] std::string hexadecimal(Bytes bytes);
// Fills `out`; false, with `out` undefined, unless `text` is exactly that many digits of either
// case.
[[nodiscard]] bool from_hexadecimal(std::string_view text, MutableBytes out);

}  // namespace meldpunt::crypto
