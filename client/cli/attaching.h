// `--attach FILE`: photos that go with what a reporter sends, made anew before anything else is
// asked or sent.
#pragma once

#include <vector>

#include "client/cli/command.h"
#include "client/cli/reporter_texts.h"
#include "crypto/bytes.h"

namespace meldpunt::client {

inline constexpr std::array attach_options{
    config::Option{"attach", config::Type::list, "",
                   "Enclose this photo (JPEG, PNG, WebP), made anew without what is hidden in it; "
                   "up to four times."},
};

// In the order of the command line; says of each what became of it. Nothing is sent when one of
// them cannot be: EX_NOINPUT for what cannot be read, EX_DATAERR for what is no photo, damaged or
// too large, EX_UNAVAILABLE where photos cannot be made anew at all.
Outcome<std::vector<crypto::Buffer>> attachments_of(Call& call);

// "204 kB"
[[nodiscard]] std::string kilobytes(std::size_t bytes);

}  // namespace meldpunt::client
