// What is kept no longer, and proposing to erase it.
#include "client/lib/retention.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

constexpr std::array retention_own_options{
    config::Option{"propose", config::Type::flag, "",
                   "Propose to erase the named cases; a second person signs."},
    config::Option{"yes", config::Type::flag, "", "Propose without asking, for a script."},
};

std::string line_of(const DueErasure& due, const Terms& terms) {
  const Term* term = terms.find(due.term);
  std::string line = case_name(due.subject, english_words()) + "  " +
                     (due.term == "request" || term == nullptr
                          ? "somebody asked to have it erased"
                          : term->english + " (" + in_words(term->span) + ")") +
                     "  since " + hour_in_words(due.since);
  if (due.proposed) return line + "  WAITS for a second person";
  for (const Hindrance hindrance : due.hindrances) {
    line += "\n    not yet: " + std::string(sentence_of(hindrance));
  }
  return line;
}

nlohmann::json json_of_due(const DueErasure& due) {
  nlohmann::json hindrances = nlohmann::json::array();
  for (const Hindrance hindrance : due.hindrances) hindrances.push_back(name_of(hindrance));
  return {{"case", hexadecimal(due.subject.view())},
          {"threads", due.threads.size()},
          {"term", due.term},
          {"since", hour_in_words(due.since)},
          {"proposed", due.proposed},
          {"hindrances", std::move(hindrances)}};
}

void list_due(Call& call, const StaffDevice& staff, const Terms& terms) {
  nlohmann::json list = nlohmann::json::array();
  for (const DueErasure& due : due_for_erasure(*staff.casework, terms, staff.casework->hour())) {
    call.terminal.say(line_of(due, terms));
    list.push_back(json_of_due(due));
  }
  if (list.empty()) call.terminal.say("Nothing is to be erased. Which terms there are: 'terms'.");
  call.terminal.print({{"event", "retention"}, {"due", list}});
}

// What the second person reads.
std::string reason_of(const DueErasure& due, const Terms& terms) {
  if (due.term == "request") return "Somebody asked to have it erased.";
  return "The term is over since " + hour_in_words(due.since).substr(0, 10) + ": " +
         terms.find(due.term)->english + ".";
}

Outcome<void> propose_one(Call& call, StaffDevice& staff, const Terms& terms,
                          const crypto::CaseId& subject) {
  const auto list = due_for_erasure(*staff.casework, terms, staff.casework->hour());
  const auto due = std::ranges::find(list, subject, &DueErasure::subject);
  const auto asked =
      propose_due(*staff.casework, staff.line, terms, subject,
                  due == list.end() ? "" : reason_of(*due, terms), staff.casework->hour());
  const std::string name = case_name(subject, english_words());
  if (!asked) return problem(asked.error().exit_code, name + ": " + asked.error().sentence);
  call.terminal.say(name + ": proposed. A second person signs.");
  call.terminal.print({{"event", "erasure_proposed"},
                       {"case", hexadecimal(subject.view())},
                       {"approvers_asked", *asked}});
  return {};
}

}  // namespace

config::Table retention_options() {
  static constexpr auto all = config::join(staff_options, retention_own_options);
  return all;
}

Outcome<void> retention(Call& call) {
  const auto& names = call.options.positional();
  const bool propose = call.options.flag("propose");
  if (propose == names.empty()) {
    return problem(EX_USAGE,
                   "Name the cases to propose, with --propose; without both, what is due "
                   "is listed.");
  }
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  const auto terms = Terms::of_home((*staff)->home.path());
  if (!terms) return pass_on(terms.error());
  if (!propose) {
    list_due(call, **staff, *terms);
    return {};
  }
  std::vector<crypto::CaseId> subjects;
  for (const std::string& name : names) {
    const auto subject = case_called(name, *(*staff)->casework);
    if (!subject) return pass_on(subject.error());
    subjects.push_back(*subject);
  }
  const auto yes =
      confirmed(call, "Propose to erase " + std::to_string(subjects.size()) + " case(s) for ever?");
  if (!yes) return pass_on(yes.error());
  if (!*yes) return problem(EX_OK, "Nothing was proposed.");
  for (const crypto::CaseId& subject : subjects) {
    if (auto done = propose_one(call, **staff, *terms, subject); !done) return done;
  }
  return {};
}

// Needs no passphrase: it is no secret.
Outcome<void> show_terms(Call& call) {
  const auto home = home_path(call);
  if (!home) return pass_on(home.error());
  const auto terms = Terms::of_home(*home);
  if (!terms) return pass_on(terms.error());
  nlohmann::json list = nlohmann::json::array();
  for (const Term& term : terms->all()) {
    call.terminal.say(term.code + ": " + in_words(term.span) +
                      (term.own ? "  (decided by the region)" : ""));
    call.terminal.say("    " + term.english + ". " + term.source_english);
    list.push_back({{"code", term.code},
                    {"term", term.span ? nlohmann::json(in_words(term.span)) : nlohmann::json()},
                    {"source", term.source_english},
                    {"own", term.own}});
  }
  call.terminal.print({{"event", "terms"}, {"terms", list}});
  return {};
}

}  // namespace meldpunt::client
