#include "client/lib/record_views.h"

#include <nlohmann/json.hpp>

#include "client/lib/escalation_words.h"
#include "client/lib/recording.h"
#include "client/record/record_json.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

json json_of_version(const record::Version& version, const RosterHistory& rosters) {
  return {{"fields", record::json_of(version.fields)},
          {"position", version.position},
          {"by", rosters.name_of(version.device)},
          {"hour", hour_in_words(version.hour)},
          {"removed", version.removed}};
}

json json_of_item(const record::Item& item, const RosterHistory& rosters) {
  json object = json_of_version(item.now(), rosters);
  if (!item.id.is_zero()) object["item"] = crypto::hexadecimal(item.id.view());
  object["position"] = item.history.back().position;
  object["conflict"] = json::array();
  for (const record::Version* version : item.conflicts()) {
    object["conflict"].push_back(json_of_version(*version, rosters));
  }
  object["history"] = json::array();
  for (const record::Version& version : item.history) {
    object["history"].push_back(json_of_version(version, rosters));
  }
  return object;
}

std::string_view name_of(record::Triage triage) {
  switch (triage) {
    case record::Triage::none:
      return "";
    case record::Triage::a_case:
      return "CASE";
    case record::Triage::advice:
      return "ADVICE";
    case record::Triage::junk:
      return "JUNK";
    case record::Triage::muted:
      return "MUTED";
  }
  return "";
}

}  // namespace

json json_of_file(const Casework& casework, const crypto::CaseId& subject) {
  const record::CaseRecord& file = casework.files().of(subject);
  json kinds = json::object();
  for (const std::string& kind : file.kinds()) {
    json items = json::array();
    if (const record::Item* item = file.find(kind, {})) {
      if (!item->removed() || !item->conflicts().empty()) {
        items.push_back(json_of_item(*item, casework.rosters()));
      }
    }
    for (const record::Item* item : file.several(kind)) {
      if (!item->id.is_zero()) items.push_back(json_of_item(*item, casework.rosters()));
    }
    if (!items.empty()) kinds[kind] = std::move(items);
  }
  return kinds;
}

json json_of_state(const Casework& casework, const crypto::CaseId& subject) {
  const record::CaseState state = state_of(casework, subject);
  const record::CaseGroups& groups = casework.files().groups();
  json object{{"triage", name_of(state.triage)},
              {"phases", state.phases},
              {"closed", state.closed},
              {"closing_waits_for_second", state.closing_waits_for_second},
              {"closing_reason", state.closing_reason},
              {"due", json::array()},
              {"open_tasks", state.open_tasks},
              {"conflicts", state.conflicts},
              {"head", crypto::hexadecimal(groups.head_of(subject).view())},
              {"members", json::array()}};
  for (const record::DueDate& due : state.due) {
    object["due"].push_back({{"day", due.day}, {"what", due.task.empty() ? "review" : due.task}});
  }
  for (const crypto::CaseId& member : groups.members_of(subject)) {
    object["members"].push_back(crypto::hexadecimal(member.view()));
  }
  return object;
}

}  // namespace meldpunt::client
