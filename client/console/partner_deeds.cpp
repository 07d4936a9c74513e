#include "client/console/partner_deeds.h"

#include <algorithm>
#include <array>

#include "client/lib/escalations.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using crypto::Said;
using nlohmann::json;

constexpr std::array said_by_people{Said::accepted, Said::refused, Said::done, Said::printed};

Outcome<Said> said_in(const Wish& wish, const client::InboxEntry& entry) {
  const std::string answer = wish.text("answer");
  const bool needs_text = answer == "refused" || answer == "more";
  if (needs_text && wish.text("text").empty()) {
    return problem(EX_USAGE, "Write it down first: the coordinator reads it.");
  }
  if (answer == "more") return entry.state();
  const auto* const said =
      std::ranges::find(said_by_people, answer, [](Said each) { return client::name_of(each); });
  if (said == said_by_people.end()) {
    return problem(EX_USAGE, "There is no such answer. Load the page anew.");
  }
  return *said;
}

}  // namespace

Outcome<json> inbox_answer(PartnerPlace& place, const Wish& wish) {
  const auto id = wish.id<crypto::EscalationId>("id");
  if (!id) return pass_on(id.error());
  const auto found = place.inbox->entries().find(*id);
  if (found == place.inbox->entries().end()) {
    return problem(EX_NOINPUT, "This is not in the inbox. Go back to the list.");
  }
  const auto said = said_in(wish, found->second);
  if (!said) return pass_on(said.error());
  const auto done = place.inbox->answer(*id, *said, wish.text("text"));
  place.state.unsent = place.inbox->unsent();
  if (!done && done.error().exit_code == EX_TEMPFAIL) return json{{"waits", true}};
  if (!done) return pass_on(done.error());
  return json::object();
}

}  // namespace meldpunt::console
