// Parts of the client's own file that do not come from the case file: what she and the coordinators
// wrote to each other, what she agreed to, and who was told.
#pragma once

#include "client/lib/client_paper.h"

namespace meldpunt::client {

// Her reports and the replies to them. A report that does not continue the thread may be somebody
// else's, and stays.
Outcome<void> add_conversation(Casework& casework, const PaperWish& wish, CasePaper& paper);
// Where the reporter is not the client, what was answered in the thread is not hers: only what was
// recorded otherwise goes.
void add_consents(const Casework& casework, const PaperWish& wish, bool reporter_is_client,
                  CasePaper& paper);
// Which organisation was told what kind of thing; never the values.
void add_shared(const Casework& casework, const PaperWish& wish, CasePaper& paper);

}  // namespace meldpunt::client
