#include "client/console/case_row.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <tuple>

#include "client/console/iso_time.h"
#include "client/lib/case_json.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/recording.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Case;
using client::Casework;
using client::EscalationEntry;
using nlohmann::json;

constexpr std::array<std::string_view, 6> state_names{
    "new", "waiting_reporter", "waiting_partner", "answered", "closed", "erased"};

std::string_view name_of_state(CaseState state) {
  return state_names.at(static_cast<std::size_t>(state));
}

// What of a case's escalations and tasks a list shows.
struct Around {
  bool waits_for_partner = false;
  bool partner_done = false;
  bool asked = false;  // a request waits for its answer, also in a closed case
  std::size_t tasks = 0;
  std::optional<crypto::Hour> due;
};
using Surroundings = std::map<crypto::CaseId, Around>;

bool is_done(const EscalationEntry& entry) {
  return std::ranges::any_of(entry.answers, [](const client::AnswerEntry& answer) {
    return answer.said == crypto::Said::done;
  });
}

Surroundings surroundings_of(const Casework& casework, const std::vector<client::Task>& tasks) {
  Surroundings all;
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (entry.sent == 0 || entry.withdrawn != 0) continue;
    Around& around = all[entry.subject];
    around.waits_for_partner = around.waits_for_partner || !entry.answered();
    around.partner_done = around.partner_done || is_done(entry);
  }
  for (const client::Task& task : tasks) {
    Around& around = all[task.subject];
    ++around.tasks;
    around.asked = around.asked || task.kind == client::TaskKind::erasure_asked ||
                   task.kind == client::TaskKind::request_open;
    if (task.due && (!around.due || *task.due < *around.due)) around.due = task.due;
  }
  return all;
}

// Others belong to a case, which has the row; unless that one is not here any more.
bool is_head(const Casework& casework, const crypto::CaseId& subject) {
  const crypto::CaseId head = casework.files().groups().head_of(subject);
  return head == subject || casework.index().find(head) == nullptr;
}

// The last reply that a person wrote.
const client::ReplyEntry* last_said(const Case& entry) {
  const auto found = std::find_if(
      entry.replies.rbegin(), entry.replies.rend(),
      [](const client::ReplyEntry& reply) { return reply.status != crypto::ReplyStatus::read; });
  return found == entry.replies.rend() ? nullptr : &*found;
}

CaseState state_of_case(const Case& entry, const Around& around) {
  if (!entry.readable) return CaseState::erased;
  const auto* said = last_said(entry);
  if (said == nullptr) return CaseState::fresh;
  const bool waits = entry.waits_for_answer();
  if (said->status == crypto::ReplyStatus::closed && !waits) return CaseState::closed;
  if (around.waits_for_partner) return CaseState::waiting_partner;
  const bool asked =
      said->status == crypto::ReplyStatus::question || said->status == crypto::ReplyStatus::consent;
  return asked && !waits ? CaseState::waiting_reporter : CaseState::answered;
}

std::string_view kind_in_list(const Case& entry) {
  const auto kind = entry.reports.empty() ? crypto::ReportKind::report : entry.reports.front().kind;
  if (kind == crypto::ReportKind::message || kind == crypto::ReportKind::advice) {
    return client::name_of(kind);
  }
  return client::name_of(crypto::ReportKind::report);
}

json form_of(const Case& entry) {
  const auto codes = entry.coding.codes();
  const auto found = codes.find("form");
  return found == codes.end() ? json() : json(found->second);
}

json assigned_in_list(const Case& entry, const Casework& casework) {
  if (entry.assigned.is_zero()) return {};
  return {{"device", client::hexadecimal(entry.assigned.view())},
          {"name", casework.rosters().name_of(entry.assigned)}};
}

void sooner(std::optional<crypto::Hour>& due, std::optional<crypto::Hour> other) {
  if (other && (!due || *other < *due)) due = other;
}

// All that makes one row.
class Group {
 public:
  Group(const Case& head, const Casework& casework, const Surroundings& around, const EventLog& log)
      : head_(head), casework_(casework), file_(client::state_of(casework, head.id)) {
    for (const record::DueDate& date : file_.due) {
      // Until the end of that day.
      if (const auto hour = client::hour_of_day(date.day)) sooner(around_.due, *hour + 24);
    }
    around_.tasks = file_.open_tasks;
    add(head, around, log);
    for (const auto& member : casework.files().groups().members_of(head.id)) {
      if (const Case* entry = casework.index().find(member)) add(*entry, around, log);
    }
    settle();
  }

  [[nodiscard]] CaseRow row(crypto::Hour now) && {
    row_.overdue = (row_.open() || around_.asked) && around_.due && *around_.due < now;
    row_.json = json_in_list().dump();
    return std::move(row_);
  }

 private:
  void add(const Case& entry, const Surroundings& around, const EventLog& log) {
    const bool first = row_.threads.empty();
    row_.threads.push_back(entry.id);
    row_.opened = first ? entry.oldest : std::min(row_.opened, entry.oldest);
    row_.newest = std::max({row_.newest, entry.oldest, log.newest_in(entry.id)});
    row_.acute = row_.acute || entry.acute;
    row_.minor = row_.minor || entry.minor;
    row_.unread = row_.unread || (entry.readable && entry.waits_for_answer());
    reports_ += entry.reports.size();
    unposted_ += client::unposted(entry);
    const auto found = around.find(entry.id);
    if (found == around.end()) return;
    around_.tasks += found->second.tasks;
    around_.waits_for_partner = around_.waits_for_partner || found->second.waits_for_partner;
    around_.partner_done = around_.partner_done || found->second.partner_done;
    around_.asked = around_.asked || found->second.asked;
    sooner(around_.due, found->second.due);
  }

  void settle() {
    row_.id = head_.id;
    row_.assigned = head_.assigned;
    row_.name = client::case_name(head_.id, client::english_words());
    row_.state = state_of_case(head_, around_);
    if (head_.readable && (file_.closed || file_.passed_over())) row_.state = CaseState::closed;
    row_.to_close =
        row_.open() && !row_.unread && (around_.partner_done || file_.closing_waits_for_second);
    row_.named_as = client::folded(row_.name + " " + client::hexadecimal(head_.id.view()));
    if (!head_.assigned.is_zero()) {
      row_.named_as += " " + client::folded(casework_.rosters().name_of(head_.assigned));
    }
  }

  [[nodiscard]] json json_in_list() const {
    json members = json::array();
    for (const auto& thread : row_.threads) members.push_back(client::hexadecimal(thread.view()));
    const bool advice = file_.triage == record::Triage::advice;
    return {{"case", members.front()},
            {"name", row_.name},
            {"opened", iso_hour(row_.opened)},
            {"newest", iso_hour(row_.newest)},
            {"assigned", assigned_in_list(head_, casework_)},
            {"acute", row_.acute},
            {"minor", row_.minor},
            {"phases", file_.phases},
            {"form", form_of(head_)},
            {"state", name_of_state(row_.state)},
            {"unread", row_.unread},
            {"due", around_.due ? json(iso_hour(*around_.due)) : json()},
            {"tasks", around_.tasks},
            {"reports", reports_},
            {"replies_waiting", unposted_},
            {"members", members},
            {"conflicts", file_.conflicts},
            {"kind", advice ? client::name_of(crypto::ReportKind::advice) : kind_in_list(head_)}};
  }

  const Case& head_;
  const Casework& casework_;
  record::CaseState file_;
  CaseRow row_;
  Around around_;
  std::size_t reports_ = 0;
  std::size_t unposted_ = 0;
};

struct ListView {
  std::string_view name;
  bool (*shows)(const CaseRow& row, const crypto::DeviceId& self);
};
using Self = const crypto::DeviceId&;
constexpr std::array list_views{
    ListView{"new", [](const CaseRow& row, Self) { return row.assigned.is_zero() && row.open(); }},
    ListView{"mine",
             [](const CaseRow& row, Self self) { return row.assigned == self && row.open(); }},
    ListView{"waiting_reporter",
             [](const CaseRow& row, Self) { return row.state == CaseState::waiting_reporter; }},
    ListView{"waiting_partner",
             [](const CaseRow& row, Self) { return row.state == CaseState::waiting_partner; }},
    ListView{"overdue", [](const CaseRow& row, Self) { return row.overdue; }},
    ListView{"to_close", [](const CaseRow& row, Self) { return row.to_close; }},
    ListView{"open", [](const CaseRow& row, Self) { return row.open(); }},
    ListView{"closed", [](const CaseRow& row, Self) { return !row.open(); }},
    ListView{"all", [](const CaseRow&, Self) { return true; }},
};

}  // namespace

std::vector<CaseRow> rows_of(const Casework& casework, const EventLog& log,
                             const std::vector<client::Task>& tasks, crypto::Hour now) {
  const Surroundings around = surroundings_of(casework, tasks);
  std::vector<CaseRow> rows;
  for (const auto& [id, entry] : casework.index().cases()) {
    if (!is_head(casework, id)) continue;
    rows.push_back(Group(entry, casework, around, log).row(now));
  }
  std::ranges::sort(rows, [](const CaseRow& a, const CaseRow& b) {
    return std::tuple(!a.open(), !a.acute, !a.minor, b.newest, a.id) <
           std::tuple(!b.open(), !b.acute, !b.minor, a.newest, b.id);
  });
  return rows;
}

bool is_in_view(const CaseRow& row, std::string_view view, const crypto::DeviceId& self) {
  const auto* const found = std::ranges::find(list_views, view, &ListView::name);
  return found != list_views.end() && found->shows(row, self);
}

}  // namespace meldpunt::console
