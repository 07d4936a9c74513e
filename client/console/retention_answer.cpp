#include "client/console/retention_answer.h"

#include "client/console/iso_time.h"
#include "client/lib/retention.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

json to_erase_of(const Workplace& place) {
  json list = json::array();
  for (const client::DueErasure& due :
       client::due_for_erasure(place.casework(), place.terms, place.hour())) {
    json hindrances = json::array();
    for (const client::Hindrance each : due.hindrances) hindrances.push_back(client::name_of(each));
    list.push_back({{"case", client::hexadecimal(due.subject.view())},
                    {"name", client::case_name(due.subject, client::english_words())},
                    {"threads", due.threads.size()},
                    {"term", due.term},
                    {"since", iso_hour(due.since)},
                    {"hindrances", std::move(hindrances)},
                    {"proposed", due.proposed}});
  }
  return {{"due", std::move(list)}};
}

json json_of(const client::Terms& terms) {
  json list = json::array();
  for (const client::Term& term : terms.all()) {
    list.push_back({{"code", term.code},
                    {"label", {{"nl", term.dutch}, {"en", term.english}}},
                    {"term", term.span ? json{{"count", term.span->count},
                                              {"unit", client::name_of(term.span->unit)}}
                                       : json()},
                    {"source", {{"nl", term.source_dutch}, {"en", term.source_english}}},
                    {"own", term.own}});
  }
  return list;
}

Outcome<json> propose_due(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const std::string reason = wish.text("reason");
  if (reason.empty()) return problem(EX_USAGE, "Write why: the second person sees it.");
  const auto asked = client::propose_due(place.casework(), place.device.line, place.terms, *subject,
                                         reason, place.hour());
  if (!asked) return pass_on(asked.error());
  return json{{"approvers_asked", *asked}};
}

}  // namespace meldpunt::console
