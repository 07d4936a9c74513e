// Checklists of a case: which there are, adding one, ticking points off.
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/checklists.h"

namespace meldpunt::client {

namespace {

constexpr std::array checklist_own_options{
    config::Option{"english", config::Type::flag, "", "Write the points in English, not in Dutch."},
    config::Option{"tick", config::Type::list, "",
                   "Tick this point off, by the first digits of its id; give it once for each."},
    config::Option{"untick", config::Type::list, "", "Not done after all; the same."},
};

void list_checklists(Call& call) {
  nlohmann::json list = nlohmann::json::array();
  for (const Checklist& each : checklists()) {
    call.terminal.say(each.code + ": " + each.english + " (" + each.dutch + "), " +
                      std::to_string(each.points.size()) + " points");
    list.push_back({{"code", each.code}, {"points", each.points.size()}});
  }
  call.terminal.print({{"event", "checklists"}, {"checklists", list}});
}

Outcome<record::ItemId> point_called(const record::CaseRecord& file, const std::string& beginning) {
  std::optional<record::ItemId> found;
  for (const record::Item* item : file.several("check")) {
    if (!hexadecimal(item->id.view()).starts_with(beginning)) continue;
    if (found) return problem(EX_USAGE, "More than one point begins so: give more digits.");
    found = item->id;
  }
  if (!found) return problem(EX_NOINPUT, "There is no such point: see what is listed.");
  return *found;
}

Outcome<void> tick_all(Call& call, Casework& casework, const crypto::CaseId& subject,
                       const char* option, bool done) {
  for (const std::string& beginning : call.options.list(option)) {
    const auto point = point_called(casework.files().of(subject), beginning);
    if (!point) return pass_on(point.error());
    if (auto ticked = tick_point(casework, subject, *point, done); !ticked) return ticked;
  }
  return {};
}

void show_points(Call& call, const record::CaseRecord& file, const crypto::CaseId& subject) {
  nlohmann::json list = nlohmann::json::array();
  for (const record::Item* item : file.several("check")) {
    const record::Fields& fields = item->fields();
    const bool done = record::flag_in(fields, "done");
    const std::string id = hexadecimal(item->id.view());
    call.terminal.say((done ? "[x] " : "[ ] ") + id.substr(0, 8) + "  " +
                      record::text_in(fields, "list") + ": " + record::text_in(fields, "text"));
    list.push_back({{"item", id},
                    {"list", record::text_in(fields, "list")},
                    {"text", record::text_in(fields, "text")},
                    {"done", done}});
  }
  if (list.empty()) call.terminal.say("This case has no checklist yet: name one to add it.");
  call.terminal.print(
      {{"event", "checklist"}, {"case", hexadecimal(subject.view())}, {"points", list}});
}

}  // namespace

config::Table checklist_options() {
  static constexpr auto all = config::join(staff_options, checklist_own_options);
  return all;
}

Outcome<void> checklist(Call& call) {
  const auto& words = call.options.positional();
  if (words.empty()) {
    list_checklists(call);
    return {};
  }
  const Checklist* list = words.size() < 2 ? nullptr : find_checklist(words[1]);
  if (words.size() > 1 && list == nullptr) {
    return problem(EX_USAGE, "There is no checklist \"" + words[1] + "\": 'checklist' lists them.");
  }
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = case_called(words[0], casework);
  if (!subject) return pass_on(subject.error());
  if (list != nullptr) {
    const auto language =
        call.options.flag("english") ? LabelLanguage::english : LabelLanguage::dutch;
    const auto added = add_checklist(casework, *subject, *list, language);
    if (!added) return pass_on(added.error());
  }
  if (auto done = tick_all(call, casework, *subject, "tick", true); !done) return done;
  if (auto done = tick_all(call, casework, *subject, "untick", false); !done) return done;
  show_points(call, casework.files().of(*subject), *subject);
  return {};
}

}  // namespace meldpunt::client
