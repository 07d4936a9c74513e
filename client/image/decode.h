// A file of a stranger's choice to pixels. Runs behind enter_sandbox() only: here is all the code
// that reads what may have been made to break it.
#pragma once

#include "client/image/picture.h"

namespace meldpunt::image {

// Upright, no side longer than side_longest; transparent parts on white. Of several pictures in one
// file the first. By what the file begins with, whatever it is called. Ends the process with
// Ending::no_photo, unreadable or too_large.
[[nodiscard]] Picture decode(Bytes file);

// One for each kind; `file` begins as that kind does.
[[nodiscard]] Picture decode_jpeg(Bytes file);
[[nodiscard]] Picture decode_png(Bytes file);
[[nodiscard]] Picture decode_webp(Bytes file);

// Ends the process with Ending::too_large when a picture has more pixels than are opened.
void must_be_opened(Size size);

// Adds one row of red, green, blue, alpha on white.
void take_over_white(Shrinker& shrinker, Bytes row, std::vector<std::uint8_t>& scratch);

}  // namespace meldpunt::image
