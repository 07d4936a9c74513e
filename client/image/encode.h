// Pixels to a JPEG file that holds nothing else: no name, no time, no place, no profile.
#pragma once

#include <vector>

#include "client/image/picture.h"

namespace meldpunt::image {

// The first that fits photo_largest, from good and large to poor and small, by the steps of the
// reporter's page (client/page/source/attach.ts). Ends the process with Ending::too_large when none
// does.
[[nodiscard]] std::vector<std::uint8_t> encode(const Picture& picture);

}  // namespace meldpunt::image
