#include "client/console/case_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/console/erased_case.h"
#include "client/console/iso_time.h"
#include "client/console/personal_deeds.h"
#include "client/console/unsent_deeds.h"
#include "client/lib/case_json.h"
#include "client/lib/case_words.h"
#include "client/lib/counted_cases.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/going_out.h"
#include "client/lib/linking.h"
#include "client/lib/record_views.h"
#include "client/lib/recording.h"
#include "client/lib/routing.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Casework;
using client::Outcome;
using client::pass_on;
using nlohmann::json;

// Itself first, then those that were merged into it.
using Threads = std::vector<crypto::CaseId>;

std::map<client::Position, std::chrono::seconds> turns_at(const Workplace& place) {
  const client::NoticeSource& notices = place.device.notices;
  if (notices.notice() == nullptr) return {};
  return client::going_out(place.casework().index(), notices.notice()->digest,
                           notices.daemon_time());
}

Outcome<json> story_in_file(Workplace& place, const Threads& threads) {
  Casework& casework = place.casework();
  const auto turns = turns_at(place);
  std::map<client::Position, json> told;
  for (const auto& thread : threads) {
    const auto* entry = casework.index().find(thread);
    // One that was merged, and is erased by now.
    if (thread != threads.front() && (entry == nullptr || !entry->readable)) continue;
    const auto story = casework.story(thread);
    if (!story) return pass_on(story.error());
    for (const auto& each : *story) {
      json& object = told[each.position];
      object = client::json_of(each, *story, casework.rosters());
      object["case"] = client::hexadecimal(thread.view());
      const auto turn = turns.find(each.position);
      if (turn != turns.end()) object["goes_out"] = iso_time(turn->second);
    }
  }
  json list = json::array();
  for (auto& [position, object] : told) list.push_back(std::move(object));
  return list;
}

bool is_of(const Threads& threads, const crypto::CaseId& subject) {
  return std::ranges::find(threads, subject) != threads.end();
}

Outcome<json> escalations_in_file(Casework& casework, const Threads& threads) {
  json list = json::array();
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (!is_of(threads, entry.subject)) continue;
    const auto escalation = client::read_escalation(casework, entry);
    if (!escalation) return pass_on(escalation.error());
    const auto answers = client::read_answers(casework, entry);
    if (!answers) return pass_on(answers.error());
    list.push_back(
        client::json_of(*escalation, entry, *answers, casework.rosters(), casework.hour()));
  }
  return list;
}

json consents_in_file(const Casework& casework, const Threads& threads) {
  json list = json::array();
  for (const auto& thread : threads) {
    for (const auto& [id, entry] : casework.consents().of(thread)) {
      list.push_back(client::json_of(entry));
      list.back()["case"] = client::hexadecimal(thread.view());
    }
  }
  return list;
}

json end_of_day(const std::string& day) {
  const auto hour = client::hour_of_day(day);
  return hour ? json(iso_hour(*hour + 24)) : json();
}

json tasks_in_file(const Workplace& place, const Threads& threads) {
  const Casework& casework = place.casework();
  json list = json::array();
  for (const client::Task& task : client::tasks_of(casework, place.terms, place.hour())) {
    if (!is_of(threads, task.subject)) continue;
    list.push_back({{"kind", client::name_of(task.kind)},
                    {"due", task.due ? json(iso_hour(*task.due)) : json()},
                    {"escalation",
                     task.escalation ? json(client::hexadecimal(task.escalation->view())) : json()},
                    {"sentence", task.sentence},
                    {"why", task.why}});
  }
  for (const record::DueDate& due : client::state_of(casework, threads.front()).due) {
    list.push_back({{"kind", due.task.empty() ? "review_date" : "task"},
                    {"due", end_of_day(due.day)},
                    {"escalation", nullptr},
                    {"sentence", due.task.empty() ? "Look at this case again." : due.task}});
  }
  return list;
}

// As the screens read it: what was removed says so among its fields, and every item has an id.
void finish_version(json& version) {
  if (version.value("removed", false)) version["fields"] = {{"removed", true}};
  version.erase("removed");
}

void finish_item(json& item, const std::string& thread) {
  if (!item.contains("item")) item["item"] = client::hexadecimal(crypto::Block<16>{});
  item["case"] = thread;
  finish_version(item);
  for (const char* list : {"conflict", "history"}) {
    for (json& version : item[list]) finish_version(version);
  }
}

// Of a case that others were merged into: their files' items stand beside its own.
json record_in_file(const Casework& casework, const Threads& threads) {
  json kinds = json::object();
  for (const auto& thread : threads) {
    json file = client::json_of_file(casework, thread);
    for (auto& [kind, items] : file.items()) {
      if (kind == "membership") continue;
      for (json& item : items) {
        finish_item(item, client::hexadecimal(thread.view()));
        kinds[kind].push_back(std::move(item));
      }
    }
  }
  return kinds;
}

std::string sentence_of_link(const client::LinkProposal& link) {
  return link.reason == client::LinkReason::same_number
             ? "The same number stands in both: " + link.what
             : "The same place and work, within thirty days: " + link.what;
}

json links_in_file(const Casework& casework, const crypto::CaseId& subject) {
  json list = json::array();
  for (const client::LinkProposal& link : client::links_of(casework, subject)) {
    list.push_back({{"case", client::hexadecimal(link.other.view())},
                    {"name", client::case_name(link.other, client::english_words())},
                    {"kind", client::name_of(link.reason)},
                    {"what", link.what},
                    {"reason", sentence_of_link(link)}});
  }
  return list;
}

json routes_in_file(const Casework& casework, const crypto::CaseId& subject) {
  json list = json::array();
  for (const client::RouteProposal& route :
       client::routes_for(client::facts_of(casework, subject))) {
    for (const std::string& to : route.to) {
      list.push_back({{"to", to},
                      {"rule", route.rule},
                      {"basis", route.basis},
                      {"source", route.sources},
                      {"away", route.away},
                      {"warning", route.warning},
                      {"forum", route.forum},
                      {"task", route.task},
                      {"reviewed", !route.proposed}});
    }
  }
  return list;
}

json row_in_file(const Workplace& place, const crypto::CaseId& subject) {
  const CaseRow* row = place.shown->find(subject);
  return row == nullptr ? json() : json::parse(row->json);
}

// Of what cannot be read any more: its place in the list, and how far the erasure is.
json erased_file(const Workplace& place, const Threads& threads) {
  const crypto::CaseId& head = threads.front();
  return {{"row", row_in_file(place, head)},
          {"story", json::array()},
          {"record", json::object()},
          {"codes", json::object()},
          {"consents", json::array()},
          {"escalations", json::array()},
          {"tasks", tasks_in_file(place, threads)},
          {"proposals", {{"links", json::array()}, {"routes", json::array()}}},
          {"erasure", erasure_of(place, head)}};
}

}  // namespace

Outcome<json> case_file_of(Workplace& place, const crypto::CaseId& asked) {
  Casework& casework = place.casework();
  const crypto::CaseId subject = casework.files().by_now(asked);
  const CaseRow* row = place.shown->find(subject);
  const Threads threads = row == nullptr ? Threads{subject} : row->threads;
  const client::Case* known = casework.index().find(threads.front());
  if (known != nullptr && !known->readable) return erased_file(place, threads);
  auto story = story_in_file(place, threads);
  if (!story) return story;
  auto escalations = escalations_in_file(casework, threads);
  if (!escalations) return escalations;
  const crypto::CaseId& head = threads.front();
  const client::Case& entry = *casework.index().find(head);
  return json{
      {"row", row_in_file(place, head)},
      {"story", std::move(*story)},
      {"record", record_in_file(casework, threads)},
      {"state", client::json_of_state(casework, head)},
      {"codes", client::inflow_codes(casework, head)},
      {"statistics_refused", entry.coding.statistics_refused()},
      {"consents", consents_in_file(casework, threads)},
      {"escalations", std::move(*escalations)},
      {"struck", striking_of(place, head)},
      {"unsent", unsent_in_file(place, threads)},
      {"personal", personal_in_file(place, threads)},
      {"tasks", tasks_in_file(place, threads)},
      {"proposals",
       {{"links", links_in_file(casework, head)}, {"routes", routes_in_file(casework, head)}}}};
}

json knowledge_of(const Casework& casework) {
  json file = client::json_of_file(casework, {});
  json notes = json::array();
  for (json& item : file["knowledge"]) {
    finish_item(item, client::hexadecimal(crypto::CaseId{}.view()));
    notes.push_back(std::move(item));
  }
  return {{"notes", std::move(notes)}};
}

}  // namespace meldpunt::console
