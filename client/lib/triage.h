// What came in, said of many cases one after the other: what each is treated as, and closing those
// of which nothing is waited for. Each is a change to a case file of its own, and can be taken back
// by what it was before.
#pragma once

#include <string>

#include "client/lib/casework.h"

namespace meldpunt::client {

// `as`: a code of the kind "triage" (client/record/record_kinds.cpp); empty: nothing is said of it
// any more. Returns what it was before. EX_DATAERR for another code.
Outcome<std::string> treat_as(Casework& casework, const crypto::CaseId& subject,
                              const std::string& as);

// Closes it for that reason, unless its newest message, or that of a thread that was merged into
// it, has no answer: EX_NOPERM, because nobody who closes many has read it. EX_DATAERR when it is
// closed already, or the reason asks conditions.
Outcome<void> close_answered(Casework& casework, const crypto::CaseId& subject,
                             const std::string& reason);

}  // namespace meldpunt::client
