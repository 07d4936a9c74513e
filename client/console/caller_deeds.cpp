#include "client/console/caller_deeds.h"

#include "client/lib/vocabulary.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

// As a file that a script hands to `meldpunt report`.
json told_by_caller(const Wish& wish) {
  json told{{"text", wish.text("text")}, {"answers", json::object()}};
  for (const char* name : {"kind", "reporter", "language"}) {
    if (!wish.text(name).empty()) told[name] = wish.text(name);
  }
  if (const json* answers = wish.object("answers"); answers != nullptr) told["answers"] = *answers;
  return told;
}

Outcome<void> check_codes(const std::vector<crypto::Answer>& answers) {
  for (const crypto::Answer& answer : answers) {
    for (const std::string& code : answer.codes) {
      if (client::has_code(answer.question, code)) continue;
      return problem(EX_DATAERR, "the vocabulary has no \"" + code + "\" for \"" + answer.question +
                                     "\": load the page anew");
    }
  }
  return {};
}

}  // namespace

Outcome<json> prepare_caller_report(Workplace& place, const Wish& wish) {
  auto answers = client::parse_answers(told_by_caller(wish).dump(), "nl");
  if (!answers) return problem(EX_DATAERR, "this report", answers.error());
  if (answers->statement.text.empty() && answers->statement.answers.empty()) {
    return problem(EX_USAGE, "There is nothing to report. Write what the caller says.");
  }
  if (const auto known = check_codes(answers->statement.answers); !known) {
    return pass_on(known.error());
  }
  auto made = client::CallerReport::make(std::move(*answers), place.casework().home().pin());
  if (!made) return pass_on(made.error());
  const auto& list = wish.text("words") == "en" ? client::english_words() : client::dutch_words();
  json shown{{"words", made->code().words(list)}, {"digits", made->code().digits()}};
  shown["ticket"] = place.callers.keep(std::move(*made));
  return shown;
}

Outcome<json> send_caller_report(Workplace& place, const Wish& wish) {
  const std::string ticket = wish.text("ticket");
  client::CallerReport* const prepared = place.callers.find(ticket);
  if (prepared == nullptr) {
    return problem(EX_NOINPUT, "This report is no longer here. Enter it again, with a new code.");
  }
  const auto sent = prepared->send(place.device.line, place.clock);
  if (!sent) return pass_on(sent.error());
  (void)place.callers.take(ticket);
  return json::object();
}

}  // namespace meldpunt::console
