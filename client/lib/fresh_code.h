// The offer of a fresh code, to a reporter whose code somebody else may have seen.
//
// A code cannot be changed: it is made on the reporter's device, and the thread hangs on it. So she
// makes a new report under a new code, and writes a number in it that this offer gives her. The
// number is noted in the case, so that the two stand beside each other as a proposal to merge
// (linking.h), like any number that is in two texts. Who reads along under the old code has the
// number too: it proposes, a person asks something that only she knows, and merges by hand
// (docs/decisions/0056-a-fresh-code-is-a-new-report.md).
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// The text module of such a reply.
inline constexpr std::string_view fresh_code_module = "FRESH";

// Notes the number, then replies with it and `text`. Returns the number, six digits. Urgent: the
// sooner she reads it, the fewer others have.
Outcome<std::string> offer_fresh_code(Casework& casework, const crypto::CaseId& subject,
                                      const std::string& text);

}  // namespace meldpunt::client
