// The published word lists, compiled in: a client needs no file to show or read a code.
#pragma once

#include <array>
#include <string_view>

#include "crypto/code.h"

namespace meldpunt::client {

// Read once, at the first call; from any thread.
[[nodiscard]] const crypto::WordList& english_words();
[[nodiscard]] const crypto::WordList& dutch_words();
// What a typed code may be written in.
[[nodiscard]] std::array<const crypto::WordList*, 2> all_words();

}  // namespace meldpunt::client
