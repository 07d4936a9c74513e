#include "client/lib/triage.h"

#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"

namespace meldpunt::client {

namespace {

Outcome<void> treat_one(Call& call, Casework& casework, const std::string& name,
                        const std::string& as) {
  const auto subject = case_called(name, casework);
  if (!subject) return pass_on(subject.error());
  const auto before = treat_as(casework, *subject, as);
  if (!before) return pass_on(before.error());
  call.terminal.say(name + ": " + (before->empty() ? "NONE" : *before) + " -> " +
                    (as.empty() ? "NONE" : as));
  call.terminal.print({{"event", "triage"},
                       {"case", hexadecimal(subject->view())},
                       {"before", *before},
                       {"as", as}});
  return {};
}

}  // namespace

Outcome<void> triage(Call& call) {
  const auto& words = call.options.positional();
  if (words.size() < 2) {
    return problem(EX_USAGE,
                   "As what, and which cases? Name CASE, ADVICE, JUNK or MUTED (or NONE, to take "
                   "it back), then the cases.");
  }
  const std::string as = words.front() == "NONE" ? std::string() : words.front();
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto done = treat_one(call, *(*staff)->casework, words[i], as);
    if (!done) return done;
  }
  return {};
}

}  // namespace meldpunt::client
