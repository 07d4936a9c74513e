#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"

namespace meldpunt::client {

config::Table note_options() {
  static constexpr auto all = config::join(staff_options, text_options);
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
  if (const auto noted = casework.note(*subject, *text); !noted) return pass_on(noted.error());
  call.terminal.say("Noted.");
  call.terminal.print({{"event", "noted"}, {"case", hexadecimal(subject->view())}});
  return {};
}

}  // namespace meldpunt::client
