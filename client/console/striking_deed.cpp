#include "client/console/striking_deed.h"

#include <algorithm>
#include <iterator>

#include "client/lib/countersigning.h"
#include "client/lib/redaction.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<std::vector<crypto::Strike>> strikes_in(Workplace& place, const crypto::CaseId& subject,
                                                const Wish& wish) {
  std::vector<crypto::Strike> strikes;
  for (const auto& [word, instead] : wish.pairs("strikes")) {
    auto named = client::strikes_named(place.casework(), subject, word, instead);
    if (!named) return pass_on(named.error());
    std::ranges::move(*named, std::back_inserter(strikes));
  }
  return strikes;
}

}  // namespace

Outcome<json> propose_striking(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const std::string reason = wish.text("reason");
  if (reason.empty()) return problem(EX_USAGE, "Write why: the second person sees it.");
  auto strikes = strikes_in(place, *subject, wish);
  if (!strikes) return pass_on(strikes.error());
  const auto done = client::propose_striking(place.casework(), place.device.line, *subject, reason,
                                             std::move(*strikes));
  if (!done) return pass_on(done.error());
  const auto asked = client::ask_to_countersign_erasure(place.casework(), place.device.line,
                                                        *subject, place.hour());
  if (!asked) return pass_on(asked.error());
  return json{{"approvers_asked", *asked}};
}

}  // namespace meldpunt::console
