#include "client/console/partner_work.h"

#include <algorithm>

#include "client/lib/case_json.h"
#include "client/lib/escalation_words.h"

namespace meldpunt::console {

namespace {

using client::InboxEntry;
using nlohmann::json;

bool waits_for_answer(const InboxEntry& entry, crypto::Hour now) {
  return !entry.withdrawal && !entry.lapsed(now) && entry.state() == crypto::Said::received;
}

std::size_t times_printed(const InboxEntry& entry) {
  return static_cast<std::size_t>(
      std::ranges::count(entry.answers, crypto::Said::printed, &crypto::EscalationAnswer::said));
}

// What has lapsed is not shown any more: nobody took it on.
json json_of_entry(const InboxEntry& entry, const client::RosterHistory& rosters,
                   crypto::Hour now) {
  json object = client::json_of(entry.escalation, rosters);
  object["state"] = client::state_of(entry, now);
  object["waits"] = waits_for_answer(entry, now);
  object["printed"] = times_printed(entry);
  object["answers"] = client::json_of(entry.answers, rosters);
  if (entry.lapsed(now)) object["fields"] = json::object();
  if (entry.withdrawal) {
    object["withdrawal"] = {{"hour", client::hour_in_words(entry.withdrawal->hour)},
                            {"text", entry.withdrawal->text}};
  }
  return object;
}

// Those that wait for an answer first, by when it is wanted; then the newest.
std::vector<const InboxEntry*> in_order(const client::Inbox& inbox, crypto::Hour now) {
  std::vector<const InboxEntry*> entries;
  for (const auto& [id, entry] : inbox.entries()) entries.push_back(&entry);
  std::ranges::stable_sort(entries, [now](const InboxEntry* a, const InboxEntry* b) {
    const bool first = waits_for_answer(*a, now);
    if (first != waits_for_answer(*b, now)) return first;
    return first ? a->escalation.answer_by < b->escalation.answer_by
                 : a->escalation.hour > b->escalation.hour;
  });
  return entries;
}

}  // namespace

client::Outcome<void> PartnerPlace::collect() {
  const auto counts = inbox->collect();
  tell(inbox->take_announcements());
  state.unsent = inbox->unsent();
  if (!counts) return client::pass_on(counts.error());
  return {};
}

client::Outcome<void> PartnerWork::start() {
  auto inbox = client::Inbox::open(place_.device.home, place_.device.line, place_.clock);
  if (!inbox) return client::pass_on(inbox.error());
  place_.inbox = std::move(*inbox);
  place_.state.unsent = place_.inbox->unsent();
  return {};
}

client::Outcome<View> PartnerWork::view() {
  const crypto::Hour now = place_.hour();
  View view = bare_view(place_.device.home, place_.inbox->rosters(), place_.state);
  for (const InboxEntry* entry : in_order(*place_.inbox, now)) {
    view.inbox.push_back(json_of_entry(*entry, place_.inbox->rosters(), now));
  }
  view.state["counts"]["inbox"] = std::ranges::count_if(
      view.inbox, [](const json& entry) { return entry.at("waits").get<bool>(); });
  return view;
}

}  // namespace meldpunt::console
