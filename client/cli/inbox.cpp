// A partner's commands: what came, and what is answered.
#include "client/lib/inbox.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"

namespace meldpunt::client {

namespace {

using crypto::Said;

constexpr std::array own_answer_options{
    config::Option{"done", config::Type::flag, "", "What was asked has been done."},
    config::Option{"printed", config::Type::flag, "",
                   "It is on paper now; what you said before stands."},
};

nlohmann::json answers_of(const InboxEntry& entry) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& answer : entry.answers) {
    list.push_back({{"said", name_of(answer.said)},
                    {"hour", hour_in_words(answer.hour)},
                    {"text", answer.text}});
  }
  return list;
}

void show_item(Call& call, const Inbox& inbox, const InboxEntry& entry) {
  call.terminal.say("");
  show(call.terminal, entry.escalation, inbox.rosters());
  if (entry.withdrawal) {
    call.terminal.say(
        "WITHDRAWN " + hour_in_words(entry.withdrawal->hour) +
        ": do nothing further with it. What you keep of it is no longer consented to.");
    if (!entry.withdrawal->text.empty()) call.terminal.say(set_off(entry.withdrawal->text));
  }
  call.terminal.say("you: " + std::string(state_of(entry, hour_of(call.clock.now()))));
}

// Opens the device and its inbox, and takes in what came. An inbox knows its device: it goes first.
struct AtTheDesk {
  std::unique_ptr<StaffDevice> staff;
  std::unique_ptr<Inbox> inbox;
  InboxCounts counts;
};

Outcome<AtTheDesk> at_the_desk(Call& call) {
  AtTheDesk desk;
  auto staff = open_staff(call);
  if (!staff) return pass_on(staff.error());
  desk.staff = std::move(*staff);
  auto inbox = Inbox::open(desk.staff->home, desk.staff->line, call.clock);
  if (!inbox) return pass_on(inbox.error());
  desk.inbox = std::move(*inbox);
  const auto counts = desk.inbox->collect();
  for (const std::string& line : desk.inbox->take_announcements()) call.terminal.complain(line);
  tell(call.terminal, *desk.staff);
  if (!counts) return pass_on(counts.error());
  desk.counts = *counts;
  if (const auto kept = desk.staff->remember(); !kept) return pass_on(kept.error());
  return desk;
}

Outcome<crypto::EscalationId> named_escalation(Call& call, const Inbox& inbox) {
  const auto& operands = call.options.positional();
  std::vector<crypto::EscalationId> found;
  if (operands.size() == 1 && operands.front().size() >= shortest_prefix) {
    for (const auto& [id, entry] : inbox.entries()) {
      if (hexadecimal(id.view()).starts_with(operands.front())) found.push_back(id);
    }
  }
  if (found.size() == 1) return found.front();
  return problem(found.empty() ? EX_NOINPUT : EX_USAGE,
                 "Which escalation? Give the first digits of its number (4 or more): see 'inbox'.");
}

// Without something to say, what was said last stands, and a text is added to it.
Outcome<void> say(Call& call, std::optional<Said> saying) {
  const auto desk = at_the_desk(call);
  if (!desk) return pass_on(desk.error());
  const auto id = named_escalation(call, *desk->inbox);
  if (!id) return pass_on(id.error());
  const Said said = saying.value_or(desk->inbox->entries().at(*id).state());
  std::string text;
  if (!saying || call.options.has("text-file")) {
    auto read = read_text(call, "Your answer. End with a line that holds a single dot.");
    if (!read) return pass_on(read.error());
    text = std::move(*read);
  }
  if (auto done = desk->inbox->answer(*id, said, text); !done) return done;
  call.terminal.say("The coordinators are told: " + std::string(name_of(said)) + ".");
  call.terminal.print(
      {{"event", "answered"}, {"escalation", hexadecimal(id->view())}, {"said", name_of(said)}});
  return {};
}

}  // namespace

config::Table answer_options() {
  static constexpr auto all = config::join(staff_options, text_options, own_answer_options);
  return all;
}

config::Table said_options() {
  static constexpr auto all = config::join(staff_options, text_options);
  return all;
}

Outcome<void> inbox(Call& call) {
  const auto desk = at_the_desk(call);
  if (!desk) return pass_on(desk.error());
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [id, entry] : desk->inbox->entries()) {
    show_item(call, *desk->inbox, entry);
    auto object = json_of(entry.escalation, desk->inbox->rosters());
    object["state"] = state_of(entry, hour_of(call.clock.now()));
    object["withdrawn"] = entry.withdrawal.has_value();
    object["answers"] = answers_of(entry);
    list.push_back(std::move(object));
  }
  if (list.empty()) call.terminal.say("Nothing has come.");
  call.terminal.print({{"event", "inbox"},
                       {"new", desk->counts.fresh},
                       {"withdrawn", desk->counts.withdrawn},
                       {"refused", desk->counts.refused},
                       {"left", desk->counts.left},
                       {"refused_ever", desk->inbox->refusals().size()},
                       {"escalations", list}});
  return {};
}

Outcome<void> accept(Call& call) { return say(call, Said::accepted); }

Outcome<void> refuse(Call& call) { return say(call, Said::refused); }

Outcome<void> answer(Call& call) {
  const bool done = call.options.flag("done");
  const bool printed = call.options.flag("printed");
  if (done && printed) {
    return problem(EX_USAGE, "Say one after the other: --done, or --printed.");
  }
  if (printed) return say(call, Said::printed);
  return say(call, done ? std::optional(Said::done) : std::nullopt);
}

}  // namespace meldpunt::client
