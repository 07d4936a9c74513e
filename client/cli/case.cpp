#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"

namespace meldpunt::client {

namespace {

constexpr std::array<std::string_view, 6> report_kinds{"report",         "message", "advice",
                                                       "consent_answer", "erase",   "part"};
constexpr std::array<std::string_view, 4> consent_choices{"given", "refused", "later", "withdrawn"};

std::string_view kind_name(crypto::ReportKind kind) {
  return report_kinds.at(static_cast<std::size_t>(kind) - 1);
}

// Text and fields of the body, for a person and for a script.
struct ShowBody {
  Terminal& terminal;
  nlohmann::json& object;

  void operator()(const crypto::Statement& statement) const {
    nlohmann::json answers = nlohmann::json::object();
    for (const crypto::Answer& answer : statement.answers) {
      answers[answer.question] = answer.codes;
      std::string line = answer.question + ":";
      for (const std::string& code : answer.codes) line += " " + code;
      terminal.say(set_off(line));
    }
    object["language"] = statement.language;
    object["answers"] = answers;
    object["text"] = statement.text;
    object["enclosed"] = statement.enclosed.size();
    if (!statement.text.empty()) terminal.say(set_off(statement.text));
  }
  void operator()(const crypto::ConsentAnswer& answer) const {
    const auto choice = consent_choices.at(static_cast<std::size_t>(answer.choice) - 1);
    object["question"] = hexadecimal(answer.question.view());
    object["choice"] = choice;
    object["text"] = answer.text;
    terminal.say(set_off("consent: " + std::string(choice)));
    if (!answer.text.empty()) terminal.say(set_off(answer.text));
  }
  void operator()(const crypto::EraseRequest& request) const {
    object["text"] = request.text;
    terminal.say("The reporter asks to erase everything.");
    if (!request.text.empty()) terminal.say(set_off(request.text));
  }
  void operator()(const crypto::Part& part) const {
    object["manifest"] = hexadecimal(part.manifest.view());
    object["index"] = part.index;
    object["bytes"] = part.bytes.size();
    terminal.say(set_off("part " + std::to_string(part.index) + ", " +
                         std::to_string(part.bytes.size()) + " bytes"));
  }
};

struct ShowEntry {
  Terminal& terminal;
  nlohmann::json& object;
  std::string prefix;  // when, and by whom

  void operator()(const StoryReport& report) const {
    object["what"] = "report";
    object["report"] = hexadecimal(report.report.id.view());
    object["kind"] = kind_name(report.report.kind);
    object["continues"] = report.continues;
    if (report.report.last_reply_read != crypto::no_reply_read) {
      object["last_reply_read"] = report.report.last_reply_read;
    }
    terminal.say("\n" + prefix + std::string(kind_name(report.report.kind)));
    if (!report.continues) {
      terminal.say(
          "CAREFUL: it does not fit this thread's first report. Somebody else may have written "
          "it.");
    }
    std::visit(ShowBody{terminal, object}, report.report.body);
  }
  void operator()(const StoryReply& shown) const {
    object["what"] = "reply";
    object["index"] = shown.reply.index;
    object["status"] = name_of_status(shown.reply.status);
    object["urgent"] = shown.reply.urgent;
    object["posted"] = shown.posted;
    object["expires"] = format_time(std::chrono::hours(shown.reply.expires));
    object["text_module"] = shown.reply.text_module;
    object["text"] = shown.reply.text;
    terminal.say("\n" + prefix + "reply " + std::to_string(shown.reply.index) + ", " +
                 std::string(name_of_status(shown.reply.status)) +
                 (shown.posted ? "" : ", waits for its tick"));
    if (shown.reply.consent) {
      const crypto::ConsentQuestion& question = *shown.reply.consent;
      object["consent"] = {{"number", hexadecimal(question.id.view())},
                           {"recipient", question.recipient},
                           {"purpose", question.purpose},
                           {"fields", question.fields}};
      std::string line = "asks: " + question.purpose + " -> " + question.recipient + ":";
      for (const std::string& field : question.fields) line += " " + field;
      terminal.say(set_off(line));
    }
    if (!shown.reply.text_module.empty()) terminal.say(set_off(shown.reply.text_module));
    if (!shown.reply.text.empty()) terminal.say(set_off(shown.reply.text));
  }
  void operator()(const StoryNote& note) const {
    object["what"] = "note";
    object["text"] = note.text;
    terminal.say("\n" + prefix + "note");
    terminal.say(set_off(note.text));
  }
};

}  // namespace

Outcome<void> show_story(Call& call, Staff& staff, const crypto::CaseId& subject) {
  Casework& casework = *staff.casework;
  if (const auto marked = casework.mark_read(subject); !marked) return pass_on(marked.error());
  const auto story = casework.story(subject);
  if (!story) return pass_on(story.error());
  const Case& entry = *casework.index().find(subject);
  call.terminal.say(line_of(entry, casework));
  nlohmann::json object = json_of(entry, casework);
  object["event"] = "case";
  object["story"] = nlohmann::json::array();
  for (const StoryEntry& told : *story) {
    const std::string by = casework.rosters().name_of(told.device);
    const std::string when = format_time(std::chrono::hours(told.hour));
    nlohmann::json line{{"position", told.position}, {"hour", when}, {"device", by}};
    std::string prefix = when;
    prefix.append("  ").append(by).append("  ");
    std::visit(ShowEntry{call.terminal, line, std::move(prefix)}, told.what);
    object["story"].push_back(std::move(line));
  }
  auto escalations = show_handovers(call, casework, subject);
  if (!escalations) return pass_on(escalations.error());
  object["escalations"] = std::move(*escalations);
  call.terminal.print(object);
  return {};
}

Outcome<void> show_case(Call& call) {
  const auto staff = Staff::sync(call);
  if (!staff) return pass_on(staff.error());
  const auto subject = named_case(call, *(*staff)->casework);
  if (!subject) return pass_on(subject.error());
  return show_story(call, **staff, *subject);
}

}  // namespace meldpunt::client
