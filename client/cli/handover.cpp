#include "client/cli/handover.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::client {

namespace {

nlohmann::json json_of_basis(const crypto::Escalation& escalation, const RosterHistory& rosters) {
  if (const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis)) {
    return {{"consent", hexadecimal(consent->id.view())},
            {"how", name_of(consent->how)},
            {"given", hour_in_words(consent->hour)}};
  }
  const auto& without = std::get<crypto::Override>(escalation.basis);
  nlohmann::json object{{"legal_ground", without.legal_ground}, {"reason", without.reason}};
  if (without.review_by) object["review_by"] = hour_in_words(*without.review_by);
  if (escalation.second) object["second"] = rosters.name_of(escalation.second->device);
  return object;
}

Outcome<nlohmann::json> show_answer(Call& call, Casework& casework, const EscalationEntry& entry,
                                    const AnswerEntry& answer) {
  const auto content = casework.content_of(answer.position, entry.subject);
  if (!content) return pass_on(content.error());
  const auto received = crypto::decode_answer_received(content->view());
  const auto said =
      received ? crypto::decode_answer(received->answer.view())
               : crypto::Result<crypto::EscalationAnswer>(crypto::fail(crypto::Error::malformed));
  if (!said) return problem(EX_DATAERR, "a partner's answer", said.error());
  const std::string by = casework.rosters().name_of(said->signer.device);
  call.terminal.say("  " + hour_in_words(said->hour) + "  " + by + ": " +
                    std::string(name_of(said->said)));
  if (!said->text.empty()) call.terminal.say(set_off(said->text));
  return nlohmann::json{{"said", name_of(said->said)},
                        {"device", by},
                        {"hour", hour_in_words(said->hour)},
                        {"text", said->text}};
}

Outcome<nlohmann::json> show_entry(Call& call, Casework& casework, const EscalationEntry& entry) {
  const auto escalation = read_escalation(casework, entry);
  if (!escalation) return pass_on(escalation.error());
  call.terminal.say("\nescalation to " + entry.recipient + ": " + std::string(state_of(entry)));
  show(call.terminal, *escalation, casework.rosters());
  nlohmann::json object = json_of(*escalation, casework.rosters());
  object["state"] = state_of(entry);
  object["answers"] = nlohmann::json::array();
  for (const AnswerEntry& answer : entry.answers) {
    auto shown = show_answer(call, casework, entry, answer);
    if (!shown) return shown;
    object["answers"].push_back(std::move(*shown));
  }
  return object;
}

}  // namespace

std::optional<crypto::Hour> hour_of_day(const std::string& day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0;
  unsigned number = 0;
  const char* const text = day.data();
  const bool read = std::from_chars(text, text + 4, year).ptr == text + 4 &&
                    std::from_chars(text + 5, text + 7, month).ptr == text + 7 &&
                    std::from_chars(text + 8, text + 10, number).ptr == text + 10;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(number)};
  if (!read || !date.ok() || year < 1970) return std::nullopt;
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(
      std::chrono::sys_days(date).time_since_epoch());
  return static_cast<crypto::Hour>(hours.count());
}

nlohmann::json json_of(const crypto::Escalation& escalation, const RosterHistory& rosters) {
  nlohmann::json fields = nlohmann::json::object();
  for (const auto& field : escalation.fields) fields[field.code] = field.value;
  return {{"escalation", hexadecimal(escalation.id.view())},
          {"recipient", escalation.recipient},
          {"reference", hexadecimal(escalation.reference.view())},
          {"purpose", escalation.purpose},
          {"sender", rosters.name_of(escalation.sender.device)},
          {"hour", hour_in_words(escalation.hour)},
          {"valid_until", hour_in_words(escalation.valid_until)},
          {"answer_by", hour_in_words(escalation.answer_by)},
          {"journal", five_words(escalation.journal_head, english_words())},
          {"basis", json_of_basis(escalation, rosters)},
          {"fields", fields}};
}

void show(Terminal& terminal, const crypto::Escalation& escalation, const RosterHistory& rosters) {
  for (const std::string& line : lines_of(escalation, rosters)) terminal.say(line);
}

nlohmann::json json_of(const crypto::ToCountersign& request, const RosterHistory& rosters) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    return json_of(*escalation, rosters);
  }
  const auto& erasure = std::get<crypto::ErasureToSign>(request);
  return {{"erase", hexadecimal(erasure.subject.view())},
          {"name", case_name(erasure.subject, english_words())},
          {"reason", erasure.proposal.reason},
          {"proposed_by", rosters.name_of(erasure.proposal.first.device)}};
}

void show(Terminal& terminal, const crypto::ToCountersign& request, const RosterHistory& rosters) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    show(terminal, *escalation, rosters);
    return;
  }
  const auto& erasure = std::get<crypto::ErasureToSign>(request);
  terminal.say("ERASE the case " + case_name(erasure.subject, english_words()) + " (" +
               hexadecimal(erasure.subject.view().first(4)) + ") for ever");
  terminal.say("proposed by: " + rosters.name_of(erasure.proposal.first.device));
  terminal.say("reason:\n" + set_off(erasure.proposal.reason));
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
