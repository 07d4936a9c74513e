#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/saving.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/clean_text.h"
#include "client/lib/enclosures.h"
#include "client/lib/escalation_words.h"
#include "client/lib/page_texts.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

constexpr std::array<std::string_view, 6> report_kinds{"report",         "message", "advice",
                                                       "consent_answer", "erase",   "part"};
constexpr std::array<std::string_view, 4> consent_choices{"given", "refused", "later", "withdrawn"};

constexpr std::array case_own_options{
    config::Option{"save-attachments", config::Type::path, "",
                   "Write the photos that the case encloses into this directory, made anew."},
};

std::string_view kind_name(crypto::ReportKind kind) {
  return report_kinds.at(static_cast<std::size_t>(kind) - 1);
}

// What follows a text that did not fit its report. Unlike the report's own it was not checked when
// it was opened: anything but text is left out.
std::string more_text(const std::vector<Enclosure>& enclosures) {
  std::string text;
  for (const Enclosure& enclosure : enclosures) {
    if (enclosure.kind != crypto::PartsKind::text) continue;
    const std::string rest = clean_text(crypto::as_text(enclosure.whole.view()));
    if (crypto::is_text(crypto::as_bytes(rest))) text += rest;
  }
  return text;
}

// Text and fields of the body, for a person and for a script.
struct ShowBody {
  Terminal& terminal;
  nlohmann::json& object;
  const std::vector<StoryEntry>& story;

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
    const auto enclosures = enclosures_of(statement, story);
    const std::string text = statement.text + more_text(enclosures);
    object["text"] = text;
    if (!text.empty()) terminal.say(set_off(text));
    show_enclosed(enclosures);
  }
  void show_enclosed(const std::vector<Enclosure>& enclosures) const {
    object["enclosed"] = nlohmann::json::array();
    for (const Enclosure& enclosure : enclosures) {
      object["enclosed"].push_back(
          {{"kind", enclosure.kind == crypto::PartsKind::image ? "image" : "text"},
           {"bytes", enclosure.size},
           {"parts", enclosure.parts},
           {"missing", enclosure.missing},
           {"complete", enclosure.whole.size() > 0}});
      terminal.say(set_off(describe(enclosure)));
    }
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
  const std::vector<StoryEntry>& story;
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
    std::visit(ShowBody{terminal, object, story}, report.report.body);
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
    if (const std::string& module = shown.reply.text_module; !module.empty()) {
      terminal.say(set_off(module + ": " + text_of_module(module, "en")));
    }
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
    std::visit(ShowEntry{call.terminal, line, *story, std::move(prefix)}, told.what);
    object["story"].push_back(std::move(line));
  }
  auto escalations = show_handovers(call, casework, subject);
  if (!escalations) return pass_on(escalations.error());
  object["escalations"] = std::move(*escalations);
  call.terminal.print(object);
  return {};
}

config::Table case_options() {
  static constexpr auto all = config::join(staff_options, case_own_options);
  return all;
}

Outcome<void> show_case(Call& call) {
  const auto staff = Staff::sync(call);
  if (!staff) return pass_on(staff.error());
  const auto subject = named_case(call, *(*staff)->casework);
  if (!subject) return pass_on(subject.error());
  if (auto shown = show_story(call, **staff, *subject); !shown) return shown;
  if (!call.options.has("save-attachments")) return {};
  const auto story = (*staff)->casework->story(*subject);
  if (!story) return pass_on(story.error());
  return save_attachments(call, *story, *subject, call.options.path("save-attachments"));
}

}  // namespace meldpunt::client
