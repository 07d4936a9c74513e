#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/personal_notes.h"

namespace meldpunt::client {

namespace {

constexpr std::array note_own_options{
    config::Option{"personal", config::Type::flag, "",
                   "Keep it for yourself: sealed on this device, never sent, gone with the case."},
};

Outcome<void> note_for_oneself(StaffDevice& staff, const crypto::CaseId& subject,
                               const std::string& text) {
  auto notes = PersonalNotes::open(staff.home);
  if (!notes) return pass_on(notes.error());
  return notes->add(subject, staff.casework->hour(), text);
}

}  // namespace

config::Table note_options() {
  static constexpr auto all = config::join(staff_options, text_options, note_own_options);
  return all;
}

Outcome<void> note(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  const auto text = read_text(call, "Your note. End with a line that holds a single dot.");
  if (!text) return pass_on(text.error());
  const bool personal = call.options.flag("personal");
  const auto noted =
      personal ? note_for_oneself(**staff, *subject, *text) : casework.note(*subject, *text);
  if (!noted) return pass_on(noted.error());
  call.terminal.say("Noted.");
  call.terminal.print(
      {{"event", "noted"}, {"case", hexadecimal(subject->view())}, {"personal", personal}});
  return {};
}

}  // namespace meldpunt::client
