#include "client/cli/interview.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "client/cli/attaching.h"
#include "client/lib/clean_text.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

void add(Answers& answers, std::string question, std::string code) {
  answers.statement.answers.push_back({std::move(question), {std::move(code)}});
}

void ask_who(Terminal& terminal, Tongue tongue, Answers& answers) {
  const std::string who = terminal.ask(text::who.in(tongue)).value_or("");
  if (who == "1") {
    add(answers, "report_kind", "REQUEST");
    add(answers, "reporter", "SELF");
  } else if (who == "2") {
    add(answers, "report_kind", "SIGNAL");
  } else if (who == "3") {
    answers.kind = crypto::ReportKind::advice;
    add(answers, "report_kind", "ADVICE");
  }
}

}  // namespace

bool confirmed(Terminal& terminal, std::string_view question) {
  const std::string answer = terminal.ask(question).value_or("");
  return !answer.empty() &&
         (answer[0] == 'y' || answer[0] == 'Y' || answer[0] == 'j' || answer[0] == 'J');
}

Outcome<Answers> interview(Terminal& terminal, Tongue tongue, std::string_view language,
                           Needed words) {
  terminal.say(text::before_you_begin.in(tongue));
  Answers answers;
  answers.statement.language = language;
  ask_who(terminal, tongue, answers);
  if (confirmed(terminal, text::danger.in(tongue))) {
    add(answers, "urgency", "ACUTE");
    terminal.say(text::call_now.in(tongue));
  }
  if (confirmed(terminal, text::minor.in(tongue))) add(answers, "age_class", "MINOR");
  answers.statement.text = clean_text(terminal.ask_text(text::tell.in(tongue)));
  const bool nothing = answers.statement.text.empty() && answers.statement.answers.empty();
  if (nothing && words == Needed::yes) {
    return problem(EX_NOINPUT, std::string(text::nothing_written.in(tongue)));
  }
  return answers;
}

bool may_send(Terminal& terminal, Tongue tongue, const Answers& answers,
              const std::vector<crypto::Buffer>& photos) {
  terminal.say("\n" + std::string(text::summary.in(tongue)) + "\n");
  for (const crypto::Answer& answer : answers.statement.answers) {
    std::string line = "  " + answer.question + ":";
    for (const std::string& code : answer.codes) line += " " + code;
    terminal.say(line);
  }
  terminal.say("\n" + answers.statement.text + "\n");
  for (const crypto::Buffer& photo : photos) {
    terminal.say("  " + std::string(text::a_photo.in(tongue)) + ", " + kilobytes(photo.size()));
  }
  return confirmed(terminal, text::may_send.in(tongue));
}

void show_code(Terminal& terminal, Tongue tongue, const crypto::Code& code,
               const crypto::WordList& list) {
  terminal.print({{"event", "code"}, {"words", code.words(list)}, {"digits", code.digits()}});
  terminal.say("\n" + std::string(text::your_code.in(tongue)) + "\n\n    " + code.words(list) +
               "\n    " + code.digits() + "\n");
}

void ask_code_back(Terminal& terminal, Tongue tongue, const crypto::Code& code) {
  const auto lists = all_words();
  for (;;) {
    const auto typed = terminal.ask(text::code_back.in(tongue));
    if (!typed || typed->empty()) return;
    const auto parsed = crypto::Code::parse(*typed, lists);
    if (parsed && crypto::same_secret(parsed->canonical(), code.canonical())) return;
    terminal.say(text::code_differs.in(tongue));
  }
}

}  // namespace meldpunt::client
