// A report that is entered for somebody who calls, in two steps: the code is shown before anything
// is sent, as on the reporter's page.
#pragma once

#include "client/console/wish.h"
#include "client/console/workplace.h"

namespace meldpunt::console {

// Takes `kind` (ADVICE, or one of the vocabulary's report kinds), `reporter`, `language`, `words`
// (nl or en), `answers` (a list of codes for each question) and `text`. {"ticket", "words",
// "digits"}: nobody keeps these.
client::Outcome<nlohmann::json> prepare_caller_report(Workplace& place, const Wish& wish);
// {} once it is on the server's disk. The ticket stays good until then.
client::Outcome<nlohmann::json> send_caller_report(Workplace& place, const Wish& wish);

}  // namespace meldpunt::console
