// `meldpunt case CASE --save-attachments DIR`: the photos of a case as files, for a viewer.
//
// They are hostile until proven otherwise: a changed client can enclose anything. So each is made
// anew by meldpunt-image once more, and only what came out of it is written.
#pragma once

#include <vector>

#include "client/cli/command.h"
#include "client/lib/casework.h"
#include "client/lib/file.h"

namespace meldpunt::client {

// `directory` is made, for this user alone, if it is not there. Says of each photo where it lies,
// or why not; EX_DATAERR after the last when one was left out.
Outcome<void> save_attachments(Call& call, const std::vector<StoryEntry>& story,
                               const crypto::CaseId& subject, const Path& directory);

}  // namespace meldpunt::client
