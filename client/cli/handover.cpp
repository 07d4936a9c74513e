#include "client/cli/handover.h"

#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/release_terms.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

Outcome<nlohmann::json> show_entry(Call& call, Casework& casework, const EscalationEntry& entry) {
  const auto escalation = read_escalation(casework, entry);
  if (!escalation) return pass_on(escalation.error());
  const auto answers = read_answers(casework, entry);
  if (!answers) return pass_on(answers.error());
  call.terminal.say("\nescalation to " + entry.recipient + ": " +
                    std::string(state_of(entry, casework.hour())));
  show(call.terminal, *escalation, casework.rosters());
  for (const crypto::EscalationAnswer& answer : *answers) {
    call.terminal.say("  " + hour_in_words(answer.hour) + "  " +
                      casework.rosters().name_of(answer.signer.device) + ": " +
                      std::string(name_of(answer.said)));
    if (!answer.text.empty()) call.terminal.say(set_off(answer.text));
  }
  return json_of(*escalation, entry, *answers, casework.rosters(), casework.hour());
}

void show(Terminal& terminal, const crypto::ReleaseProposal& proposal,
          const RosterHistory& rosters) {
  const auto says = json_of(proposal);
  const auto text = [&](const char* name) { return says.at(name).get<std::string>(); };
  terminal.say("RELEASE figures: the " + text("series") + " of " + text("period"));
  terminal.say("proposed by: " + rosters.name_of(proposal.device));
  if (says.contains("fault")) {
    terminal.say("DO NOT SIGN: " + text("fault") + "; they say:\n" + set_off(text("terms")));
    return;
  }
  terminal.say("schedule: " + text("schedule") + ", a budget of " + text("life") +
               " for all the life of a case");
  terminal.say("each case that is counted pays epsilon " + text("epsilon") + " at delta " +
               text("delta") + ", of the " + text("epsilon_of_life") + " of its life");
  for (const auto& table : says.at("tables")) {
    terminal.say("  " + table.at("title").get<std::string>() + ": " + table.at("cells").dump() +
                 " figures, each within " + table.at("half_width").dump() + " of the truth");
  }
  terminal.say(
      "Once drawn it cannot be taken back. It does not tell whether any one person is in "
      "it.");
}

}  // namespace

void show(Terminal& terminal, const crypto::Escalation& escalation, const RosterHistory& rosters) {
  for (const std::string& line : lines_of(escalation, rosters)) terminal.say(line);
}

void show(Terminal& terminal, const crypto::ToCountersign& request, const RosterHistory& rosters) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    show(terminal, *escalation, rosters);
    return;
  }
  if (const auto* closing = std::get_if<crypto::ClosingToSign>(&request)) {
    terminal.say("CLOSE the case of a minor, " + case_name(closing->subject, english_words()) +
                 " (" + hexadecimal(closing->subject.view().first(4)) + ")");
    terminal.say("proposed by: " + rosters.name_of(closing->first));
    terminal.say("it says:\n" + set_off(closing->closing));
    return;
  }
  if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    show(terminal, *proposal, rosters);
    return;
  }
  const auto& erasure = std::get<crypto::ErasureToSign>(request);
  const std::string name = case_name(erasure.subject, english_words()) + " (" +
                           hexadecimal(erasure.subject.view().first(4)) + ")";
  terminal.say(erasure.proposal.strikes.empty() ? "ERASE the case " + name + " for ever"
                                                : "STRIKE from the case " + name + " for ever");
  for (const crypto::Strike& each : erasure.proposal.strikes) {
    terminal.say("line #" + std::to_string(each.position) +
                 (each.instead.empty() ? "" : "; instead of it:\n" + set_off(each.instead)));
  }
  terminal.say("proposed by: " + rosters.name_of(erasure.proposal.first.device));
  terminal.say("reason:\n" + set_off(erasure.proposal.reason));
}

Outcome<std::string> text_option(Call& call, const std::string& name, std::size_t most) {
  if (!call.options.has(name)) return std::string();
  auto text = call.terminal.read_input(call.options.text(name), most);
  if (!text) return text;
  while (!text->empty() && text->back() == '\n') text->pop_back();
  return text;
}

Outcome<bool> confirmed(Call& call, std::string_view question) {
  if (call.options.flag("yes")) return true;
  if (!call.terminal.interactive()) {
    return problem(EX_USAGE, "Nobody is here to say yes: a script says it with --yes.");
  }
  return call.terminal.ask(std::string(question) + " Type yes or no: ") == "yes";
}

Outcome<nlohmann::json> show_handovers(Call& call, Casework& casework,
                                       const crypto::CaseId& subject) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (entry.subject != subject) continue;
    auto shown = show_entry(call, casework, entry);
    if (!shown) return shown;
    list.push_back(std::move(*shown));
  }
  return list;
}

}  // namespace meldpunt::client
