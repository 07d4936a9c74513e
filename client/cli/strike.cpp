// Strikes something out of a case for good; a second person signs.
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/countersigning.h"
#include "client/lib/redaction.h"

namespace meldpunt::client {

namespace {

constexpr std::array own_strike_options{
    config::Option{"reason", config::Type::path, "",
                   "Read the reason from this file, or - for standard input."},
    config::Option{"instead", config::Type::path, "",
                   "Read from this file what stands instead in reports, replies and notes; without "
                   "it notes and lines of the file go as a whole."},
    config::Option{"yes", config::Type::flag, "", "Propose it without asking, for a script."},
};

Outcome<std::vector<crypto::Strike>> strikes_of(Call& call, Casework& casework,
                                                const crypto::CaseId& subject,
                                                const std::string& instead) {
  const auto& words = call.options.positional();
  std::vector<crypto::Strike> strikes;
  for (std::size_t i = 1; i < words.size(); ++i) {
    auto named = strikes_named(casework, subject, words[i], instead);
    if (!named) return pass_on(named.error());
    std::ranges::move(*named, std::back_inserter(strikes));
  }
  if (!strikes.empty()) return strikes;
  return problem(EX_USAGE, "What is to be struck? Name lines by their numbers: see 'case'.");
}

}  // namespace

config::Table strike_options() {
  static constexpr auto all = config::join(staff_options, own_strike_options);
  return all;
}

Outcome<void> strike(Call& call) {
  const auto reason = text_option(call, "reason", 4096);
  if (!reason) return pass_on(reason.error());
  if (reason->empty()) {
    return problem(EX_USAGE, "Why? Give the reason with --reason FILE: the second person sees it.");
  }
  const auto instead = text_option(call, "instead", instead_most);
  if (!instead) return pass_on(instead.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  auto strikes = strikes_of(call, casework, *subject, *instead);
  if (!strikes) return pass_on(strikes.error());
  const auto yes = confirmed(call, "Propose to strike this from the case for ever?");
  if (!yes) return pass_on(yes.error());
  if (!*yes) return problem(EX_OK, "Nothing was proposed.");
  auto proposed =
      propose_striking(casework, (*staff)->line, *subject, *reason, std::move(*strikes));
  if (!proposed) return proposed;
  const auto asked =
      ask_to_countersign_erasure(casework, (*staff)->line, *subject, hour_of(call.clock.now()));
  if (!asked) return pass_on(asked.error());
  call.terminal.say(
      "It is proposed. When a second person has signed, the rest of the case goes on under a new "
      "key and a new code name, and the case as it was is erased. That is complete when the vault "
      "key has next changed, the backups from before have expired, and every coordinator's device "
      "has been opened since.");
  call.terminal.print({{"event", "striking_proposed"},
                       {"case", hexadecimal(subject->view())},
                       {"approvers_asked", *asked}});
  return {};
}

}  // namespace meldpunt::client
