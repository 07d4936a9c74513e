#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

Outcome<void> cases(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  const Casework& casework = *(*staff)->casework;
  const CaseIndex& index = casework.index();
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [id, entry] : index.cases()) {
    list.push_back(json_of(entry, casework));
    call.terminal.say(line_of(entry, casework));
  }
  const std::string head = five_words(casework.journal().head(), english_words());
  call.terminal.say(std::to_string(index.cases().size()) + " cases, " +
                    std::to_string(index.report_count()) + " reports, " +
                    std::to_string(index.junk_count()) + " that were no reports. The journal's " +
                    std::to_string(casework.journal().size()) + " events end in: " + head);
  call.terminal.print({{"event", "cases"},
                       {"cases", list},
                       {"reports", index.report_count()},
                       {"junk", index.junk_count()},
                       {"replies_waiting", index.waiting_replies()},
                       {"head", head},
                       {"events", casework.journal().size()}});
  return {};
}

}  // namespace meldpunt::client
