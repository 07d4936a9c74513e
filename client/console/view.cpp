#include "client/console/view.h"

#include <algorithm>

#include "client/console/approvals.h"
#include "client/console/iso_time.h"
#include "client/console/retention_answer.h"
#include "client/console/sentences.h"
#include "client/console/statistics.h"
#include "client/lib/assigning.h"
#include "client/lib/case_words.h"
#include "client/lib/own_box.h"
#include "client/lib/vocabulary.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Casework;
using nlohmann::json;

constexpr std::array<std::string_view, 6> counted_views{
    "new", "mine", "waiting_reporter", "waiting_partner", "overdue", "to_close"};

std::string_view name_of_role(crypto::DeviceRole role) {
  switch (role) {
    case crypto::DeviceRole::coordinator:
      return "coordinator";
    case crypto::DeviceRole::partner:
      return "partner";
    case crypto::DeviceRole::approver:
      return "approver";
    case crypto::DeviceRole::receiver:
      return "receiver";
    case crypto::DeviceRole::forwarder:
      break;
  }
  return "other";
}

json counts_of(const View& view) {
  json counts = json::object();
  for (const std::string_view name : counted_views) {
    counts[std::string(name)] = std::ranges::count_if(
        view.rows, [&](const CaseRow& row) { return is_in_view(row, name, view.self); });
  }
  counts["approvals"] = std::ranges::count_if(
      view.approvals, [](const json& waiting) { return !waiting.at("own").get<bool>(); });
  return counts;
}

json json_of_alarms(const DeskState& desk) {
  json alarms = json::array();
  if (!desk.fault.empty()) {
    alarms.push_back(with_said(desk.fault));
    alarms.back()["kind"] = desk.removed ? "removed" : "journal";
  }
  for (const auto& alarm : desk.alarms) {
    alarms.push_back(with_said(alarm.sentence));
    alarms.back()["kind"] = alarm.kind;
  }
  return alarms;
}

// What of the tasks cannot wait until somebody opens the case.
bool is_alarm(client::TaskKind kind) {
  using client::TaskKind;
  static constexpr std::array kinds{TaskKind::consent_withdrawn, TaskKind::partner_refused,
                                    TaskKind::lapsed, TaskKind::second_refused};
  return std::ranges::find(kinds, kind) != kinds.end();
}

void add_alarms_of_cases(json& list, const Casework& casework,
                         const std::vector<client::Task>& tasks) {
  for (const client::Task& task : tasks) {
    if (!is_alarm(task.kind)) continue;
    const crypto::CaseId head = casework.files().groups().head_of(task.subject);
    json alarm = with_said(task.sentence);
    alarm["kind"] = client::name_of(task.kind);
    alarm["case"] = client::hexadecimal(head.view());
    alarm["name"] = client::case_name(head, client::english_words());
    list.push_back(std::move(alarm));
  }
}

json json_of_announcements(const DeskState& desk) {
  json list = json::array();
  for (const std::string& sentence : desk.announcements) list.push_back(with_said(sentence));
  return list;
}

json state_of_device(const client::Home& home, const client::RosterHistory& rosters,
                     const DeskState& desk) {
  ShownDevice self{home.keys().id, {}, {}};
  if (const auto* device = rosters.empty() ? nullptr : rosters.newest().find(self.id)) {
    self.name = device->name;
    self.role = device->role;
  }
  return bare_state({home.pin().name, home.pin().demonstration}, self, desk);
}

json state_of_desk(const Casework& casework, const DeskState& desk, const View& view,
                   const std::vector<client::Task>& tasks) {
  json state = state_of_device(casework.home(), casework.rosters(), desk);
  state["head"] = client::five_words(casework.journal().head(), client::english_words());
  state["events"] = casework.journal().size();
  state["replies_waiting"] = casework.index().waiting_replies();
  state["counts"] = counts_of(view);
  add_alarms_of_cases(state["alarms"], casework, tasks);
  return state;
}

json partners_of(const Casework& casework, crypto::Day today) {
  std::map<std::string, std::string> names;
  if (!casework.rosters().empty()) {
    for (const crypto::Device& device : casework.rosters().newest().devices) {
      if (device.role != crypto::DeviceRole::partner || !device.valid_on(today)) continue;
      const std::string code = client::organisation_of(device);
      names.emplace(code, client::label_of("partner", code, client::LabelLanguage::dutch));
    }
  }
  json list = json::array();
  for (const auto& [code, name] : names) list.push_back({{"organisation", code}, {"name", name}});
  return list;
}

json colleagues_of(const Casework& casework, crypto::Day today) {
  json list = json::array();
  for (const auto& device : client::coordinators_of(casework.rosters(), today)) {
    list.push_back({{"device", client::hexadecimal(device.id.view())},
                    {"name", device.name},
                    {"role", name_of_role(device.role)}});
  }
  return list;
}

}  // namespace

const CaseRow* View::find(const crypto::CaseId& subject) const {
  const auto found = std::ranges::find_if(rows, [&](const CaseRow& row) {
    return std::ranges::find(row.threads, subject) != row.threads.end();
  });
  return found == rows.end() ? nullptr : &*found;
}

json bare_state(const ShownRegion& region, const ShownDevice& device, const DeskState& desk) {
  return {{"region", {{"name", region.name}, {"practice", region.practice}}},
          {"device",
           {{"id", client::hexadecimal(device.id.view())},
            {"name", device.name},
            {"role", device.role ? name_of_role(*device.role) : "none"}}},
          {"online", desk.online},
          {"synced", desk.synced.count() == 0 ? json() : json(iso_time(desk.synced))},
          {"counts", json::object()},
          {"alarms", json_of_alarms(desk)},
          {"announcements", json_of_announcements(desk)},
          {"unsent", desk.unsent}};
}

View bare_view(const client::Home& home, const client::RosterHistory& rosters,
               const DeskState& desk) {
  View view;
  view.self = home.keys().id;
  for (json* list : {&view.approvals, &view.inbox, &view.partners, &view.colleagues}) {
    *list = json::array();
  }
  view.state = state_of_device(home, rosters, desk);
  return view;
}

client::Outcome<View> make_view(Casework& casework, const client::Terms& terms, const EventLog& log,
                                const DeskState& desk, crypto::Hour now) {
  auto approvals = approvals_of(casework);
  if (!approvals) return client::pass_on(approvals.error());
  const crypto::Day today = crypto::day_of(now);
  const auto tasks = client::tasks_of(casework, terms, now);
  View view;
  view.self = casework.home().keys().id;
  view.rows = rows_of(casework, log, tasks, now);
  view.approvals = std::move(*approvals);
  view.statistics = statistics_of(casework, log);
  view.partners = partners_of(casework, today);
  view.colleagues = colleagues_of(casework, today);
  view.terms = json_of(terms);
  view.texts = casework.texts();
  view.state = state_of_desk(casework, desk, view, tasks);
  return view;
}

bool looks_the_same(const View& a, const View& b) {
  const auto without_time = [](json state) {
    state.erase("synced");
    return state;
  };
  return without_time(a.state) == without_time(b.state) && a.approvals == b.approvals &&
         a.inbox == b.inbox && a.figures == b.figures && a.partners == b.partners &&
         a.colleagues == b.colleagues &&
         std::ranges::equal(a.rows, b.rows, {}, &CaseRow::json, &CaseRow::json);
}

}  // namespace meldpunt::console
