// Asking for consent in the thread, and recording what was said elsewhere.
#pragma once

#include "client/lib/casework.h"

namespace meldpunt::client {

// Sends the question in a reply; the id of it. EX_DATAERR for a purpose that the vocabulary does
// not have, or no fields.
Outcome<crypto::ConsentId> ask_consent(Casework& casework, const crypto::CaseId& subject,
                                       crypto::ConsentQuestion question, const std::string& text,
                                       bool urgent);

// Records an answer that came another way than the thread. With a zero id in its question it is a
// new one; else the question of that id, which must be known. EX_NOPERM when a later refusal or
// withdrawal stands against it, which is then what counts.
Outcome<crypto::ConsentId> record_consent(Casework& casework, const crypto::CaseId& subject,
                                          crypto::ConsentRecorded answer);

}  // namespace meldpunt::client
