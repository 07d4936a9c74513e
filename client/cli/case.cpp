#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/saving.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/enclosures.h"
#include "client/lib/escalation_words.h"
#include "client/lib/page_texts.h"
#include "client/lib/personal_notes.h"

namespace meldpunt::client {

namespace {

constexpr std::array case_own_options{
    config::Option{"save-attachments", config::Type::path, "",
                   "Write the photos that the case encloses into this directory, made anew."},
};

// The text and fields of a report's body, for a person.
struct SayBody {
  Terminal& terminal;
  const std::vector<StoryEntry>& story;

  void operator()(const crypto::Statement& statement) const {
    for (const crypto::Answer& answer : statement.answers) {
      std::string line = answer.question + ":";
      for (const std::string& code : answer.codes) line += " " + code;
      terminal.say(set_off(line));
    }
    const std::string text = whole_text(statement, story);
    if (!text.empty()) terminal.say(set_off(text));
    for (const Enclosure& enclosure : enclosures_of(statement, story)) {
      terminal.say(set_off(describe(enclosure)));
    }
  }
  void operator()(const crypto::ConsentAnswer& answer) const {
    terminal.say(set_off("consent: " + std::string(name_of(answer.choice))));
    if (!answer.text.empty()) terminal.say(set_off(answer.text));
  }
  void operator()(const crypto::EraseRequest& request) const {
    terminal.say("The reporter asks to erase everything.");
    if (!request.text.empty()) terminal.say(set_off(request.text));
  }
  void operator()(const crypto::Part& part) const {
    terminal.say(set_off("part " + std::to_string(part.index) + ", " +
                         std::to_string(part.bytes.size()) + " bytes"));
  }
};

// Its JSON is client/lib/case_json.h's.
struct SayEntry {
  Terminal& terminal;
  const std::vector<StoryEntry>& story;
  std::string prefix;  // when, and by whom

  void operator()(const StoryReport& report) const {
    terminal.say("\n" + prefix + std::string(name_of(report.report.kind)));
    if (!report.continues) {
      terminal.say(
          "CAREFUL: it does not fit this thread's first report. Somebody else may have written "
          "it.");
    }
    std::visit(SayBody{terminal, story}, report.report.body);
  }
  void operator()(const StoryReply& shown) const {
    terminal.say("\n" + prefix + "reply " + std::to_string(shown.reply.index) + ", " +
                 std::string(name_of_status(shown.reply.status)) +
                 (shown.posted ? "" : ", waits for its tick"));
    if (shown.reply.consent) {
      const crypto::ConsentQuestion& question = *shown.reply.consent;
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
    terminal.say("\n" + prefix + "note");
    terminal.say(set_off(note.text));
  }
};

// What this device's owner noted for herself.
Outcome<void> tell_personal_notes(Call& call, const StaffDevice& staff,
                                  const crypto::CaseId& subject, nlohmann::json& object) {
  const auto notes = PersonalNotes::open(staff.home);
  if (!notes) return pass_on(notes.error());
  object["personal"] = nlohmann::json::array();
  for (const PersonalNote& note : notes->of(subject)) {
    call.terminal.say("\n" + hour_in_words(note.hour) + "  personal note, on this device alone");
    call.terminal.say(set_off(note.text));
    object["personal"].push_back({{"hour", hour_in_words(note.hour)}, {"text", note.text}});
  }
  return {};
}

}  // namespace

Outcome<void> show_story(Call& call, StaffDevice& staff, const crypto::CaseId& subject) {
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
    std::string prefix = "#" + std::to_string(told.position);
    prefix.append("  ")
        .append(hour_in_words(told.hour))
        .append("  ")
        .append(casework.rosters().name_of(told.device))
        .append("  ");
    std::visit(SayEntry{call.terminal, *story, std::move(prefix)}, told.what);
    object["story"].push_back(json_of(told, *story, casework.rosters()));
  }
  if (const auto told = tell_personal_notes(call, staff, subject, object); !told) {
    return pass_on(told.error());
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
  const auto staff = sync_staff(call);
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
