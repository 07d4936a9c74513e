#include "client/lib/tasks.h"

#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

Outcome<void> tasks(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  const auto terms = Terms::of_home((*staff)->home.path());
  if (!terms) return pass_on(terms.error());
  const crypto::Hour now = hour_of(call.clock.now());
  nlohmann::json list = nlohmann::json::array();
  for (const Task& task : tasks_of(*(*staff)->casework, *terms, now)) {
    const bool overdue = task.due && *task.due < now;
    std::string line = case_name(task.subject, english_words()) + "  " + task.sentence;
    if (task.due) line += (overdue ? "  OVERDUE since " : "  until ") + hour_in_words(*task.due);
    call.terminal.say(line);
    nlohmann::json object{{"task", name_of(task.kind)},
                          {"case", hexadecimal(task.subject.view())},
                          {"overdue", overdue},
                          {"sentence", task.sentence}};
    if (task.escalation) object["escalation"] = hexadecimal(task.escalation->view());
    if (task.due) object["due"] = hour_in_words(*task.due);
    list.push_back(std::move(object));
  }
  if (list.empty()) call.terminal.say("Nothing waits for you.");
  call.terminal.print({{"event", "tasks"}, {"tasks", list}});
  return {};
}

}  // namespace meldpunt::client
