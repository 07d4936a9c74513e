// A photo of a case, for GET /api/image: made anew by meldpunt-image, which is shut in
// (client/lib/image_program.h), because a changed client can enclose anything.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "client/console/workplace.h"

namespace meldpunt::console {

// {"jpeg": base64} of enclosure `number` of the report at `position` of the thread, counted from 0
// over all it encloses. EX_NOINPUT when it is none, EX_DATAERR, with the reason, when it cannot be
// shown.
client::Outcome<nlohmann::json> photo_of(Workplace& place, const crypto::CaseId& thread,
                                         client::Position position, std::size_t number);

}  // namespace meldpunt::console
