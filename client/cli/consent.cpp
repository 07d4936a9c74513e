#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/consenting.h"
#include "client/lib/escalation_words.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::client {

namespace {

using crypto::ConsentChoice;
using crypto::ConsentHow;

constexpr std::array consent_own_options{
    config::Option{"ask", config::Type::flag, "", "Ask the reporter, in the thread."},
    config::Option{"given", config::Type::flag, "", "Record that consent was given elsewhere."},
    config::Option{"refused", config::Type::flag, "", "Record that it was refused."},
    config::Option{"later", config::Type::flag, "", "Record that the answer is put off."},
    config::Option{"withdrawn", config::Type::flag, "", "Record that it was taken back."},
    config::Option{"recipient", config::Type::text, "",
                   "Who would be told: a partner's code, for example KADERA."},
    config::Option{"purpose", config::Type::text, "",
                   "What for: a consent purpose of the vocabulary, for example REFER."},
    config::Option{"field", config::Type::list, "",
                   "What would be told; give it once for each field."},
    config::Option{"number", config::Type::text, "",
                   "Record an answer to the question of this number instead of a new one."},
    config::Option{"how", config::Type::text, "spoken",
                   "How it was said: spoken, telephone, written or guardian."},
    config::Option{"when", config::Type::text, "",
                   "The day on which it was said, as YYYY-MM-DD; otherwise now."},
    config::Option{"urgent", config::Type::flag, "",
                   "Post the question before replies that are not."},
};

struct Choice {
  const char* option;
  ConsentChoice choice;
};
constexpr std::array choices{
    Choice{"given", ConsentChoice::given}, Choice{"refused", ConsentChoice::refused},
    Choice{"later", ConsentChoice::later}, Choice{"withdrawn", ConsentChoice::withdrawn}};

Outcome<std::optional<ConsentChoice>> choice_of(Call& call) {
  std::optional<ConsentChoice> chosen;
  int count = call.options.flag("ask") ? 1 : 0;
  for (const Choice& each : choices) {
    if (!call.options.flag(each.option)) continue;
    chosen = each.choice;
    ++count;
  }
  if (count > 1) {
    return problem(EX_USAGE,
                   "One of --ask, --given, --refused, --later and --withdrawn at a time.");
  }
  return chosen;
}

Outcome<ConsentHow> how_of(Call& call) {
  constexpr std::array all{ConsentHow::spoken, ConsentHow::telephone, ConsentHow::written,
                           ConsentHow::guardian};
  const auto* const found =
      std::ranges::find(all, call.options.text("how"), [](ConsentHow how) { return name_of(how); });
  if (found == all.end()) {
    return problem(EX_USAGE, "--how is spoken, telephone, written or guardian.");
  }
  return *found;
}

Outcome<crypto::Hour> when_of(Call& call) {
  const crypto::Hour now = hour_of(call.clock.now());
  if (!call.options.has("when")) return now;
  const auto hour = hour_of_day(call.options.text("when"));
  if (!hour || *hour > now) {
    return problem(EX_USAGE, "--when is a day that has been, as YYYY-MM-DD.");
  }
  return *hour;
}

crypto::ConsentQuestion question_of(Call& call) {
  return {
      {}, call.options.text("recipient"), call.options.text("purpose"), call.options.list("field")};
}

std::string line_of(const ConsentEntry& entry) {
  const auto& question = entry.question;
  std::string line =
      hexadecimal(question.id.view()) + "  " + question.purpose + " -> " + question.recipient + ":";
  for (const std::string& field : question.fields) line += " " + field;
  if (!entry.stand) return line + "  asked, not answered";
  return line + "  " + std::string(name_of(entry.stand->choice)) + ", " +
         std::string(name_of(entry.stand->how)) + ", " + hour_in_words(entry.stand->hour);
}

void list(Call& call, const Casework& casework, const crypto::CaseId& subject) {
  nlohmann::json entries = nlohmann::json::array();
  for (const auto& [id, entry] : casework.consents().of(subject)) {
    call.terminal.say(line_of(entry));
    entries.push_back(json_of(entry));
  }
  if (entries.empty()) call.terminal.say("Nothing was asked in this case.");
  call.terminal.print(
      {{"event", "consents"}, {"case", hexadecimal(subject.view())}, {"consents", entries}});
}

Outcome<void> ask(Call& call, Casework& casework, const crypto::CaseId& subject) {
  std::string text;
  if (call.options.has("text-file")) {
    auto read = read_text(call, "");
    if (!read) return pass_on(read.error());
    text = std::move(*read);
  }
  const auto id =
      ask_consent(casework, subject, question_of(call), text, call.options.flag("urgent"));
  if (!id) return pass_on(id.error());
  call.terminal.say(
      "The question is written. It goes at a coming tick, while somebody is on duty.");
  call.terminal.print({{"event", "consent_asked"},
                       {"case", hexadecimal(subject.view())},
                       {"number", hexadecimal(id->view())}});
  return {};
}

Outcome<void> record(Call& call, Casework& casework, const crypto::CaseId& subject,
                     ConsentChoice choice) {
  const auto how = how_of(call);
  if (!how) return pass_on(how.error());
  const auto hour = when_of(call);
  if (!hour) return pass_on(hour.error());
  crypto::ConsentRecorded answer{question_of(call), choice, *how, *hour, {}};
  if (call.options.has("number") &&
      !crypto::from_hexadecimal(call.options.text("number"), answer.question.id.fill())) {
    return problem(EX_USAGE, "--number takes the number that 'consent' shows.");
  }
  if (call.options.has("text-file")) {
    auto text = read_text(call, "");
    if (!text) return pass_on(text.error());
    answer.text = std::move(*text);
  }
  const auto id = record_consent(casework, subject, std::move(answer));
  if (!id) return pass_on(id.error());
  call.terminal.say("Recorded: " + std::string(name_of(choice)) + ".");
  call.terminal.print({{"event", "consent_recorded"},
                       {"case", hexadecimal(subject.view())},
                       {"number", hexadecimal(id->view())},
                       {"stands", name_of(choice)}});
  return {};
}

}  // namespace

config::Table consent_options() {
  static constexpr auto all = config::join(staff_options, text_options, consent_own_options);
  return all;
}

Outcome<void> consent(Call& call) {
  const auto choice = choice_of(call);
  if (!choice) return pass_on(choice.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  if (*choice) return record(call, casework, *subject, **choice);
  if (call.options.flag("ask")) return ask(call, casework, *subject);
  list(call, casework, *subject);
  return {};
}

}  // namespace meldpunt::client
