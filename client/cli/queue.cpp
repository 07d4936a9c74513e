#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/recording.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

Outcome<void> queue(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  const Casework& casework = *(*staff)->casework;
  const auto waiting = queue_of(casework);
  const std::string head = five_words(casework.journal().head(), english_words());
  nlohmann::json list = nlohmann::json::array();
  for (const Case* entry : waiting) {
    list.push_back(json_of(*entry, casework));
    call.terminal.say(line_of(*entry, casework));
  }
  if (waiting.empty()) call.terminal.say("Nothing waits.");
  call.terminal.print(
      {{"event", "queue"}, {"cases", list}, {"head", head}, {"events", casework.journal().size()}});
  return {};
}

}  // namespace meldpunt::client
