#include "client/lib/retention.h"

#include <algorithm>
#include <array>

#include "client/lib/countersigning.h"
#include "client/lib/recording.h"
#include "client/lib/tasks.h"

namespace meldpunt::client {

namespace {

using record::text_in;

struct HindranceText {
  std::string_view name;
  std::string_view sentence;
};
// In the order of Hindrance.
constexpr std::array<HindranceText, 5> hindrance_texts{{
    {"unread", unread_sentence},
    {"task", "something in it still waits for a person: see its tasks"},
    {"deadline", "a review of it is planned: hold it, or take it away"},
    {"escalation", "a partner has not said that it is done: ask them, or withdraw it"},
    {"request", "a request in it is not answered yet: answer it first"},
}};

// What ends by being erased hinders no erasure.
bool ends_with_erasure(TaskKind kind) {
  return kind == TaskKind::erasure_asked || kind == TaskKind::erasure_proposed ||
         kind == TaskKind::erasure_unfinished;
}

bool is_settled(const EscalationEntry& entry) {
  if (entry.withdrawn != 0) return true;
  return std::ranges::any_of(entry.answers, [](const AnswerEntry& answer) {
    return answer.said == crypto::Said::done || answer.said == crypto::Said::refused;
  });
}

bool is_proposed(const Casework& casework, const crypto::CaseId& thread) {
  const auto& erasures = casework.escalations().erasures();
  const auto found = erasures.find(thread);
  return found != erasures.end() && !found->second.strikes;
}

struct TermBegun {
  std::string code;
  crypto::Hour from = 0;
};

// One case: its head and the threads that were merged into it.
class Keeping {
 public:
  Keeping(const Casework& casework, const Terms& terms, const crypto::CaseId& head)
      : casework_(casework), terms_(terms), state_(state_of(casework, head)) {
    found_.subject = head;
    found_.threads.push_back(head);
    for (const auto& member : casework.files().groups().members_of(head)) {
      const Case* entry = casework.index().find(member);
      if (entry != nullptr && entry->readable) found_.threads.push_back(member);
    }
  }

  [[nodiscard]] std::optional<DueErasure> due(const std::set<crypto::CaseId>& busy,
                                              crypto::Hour now) && {
    const auto asked_on = asked();
    const auto since = asked_on ? asked_on : over();
    // One that somebody asked for, and dated ahead, is due all the same.
    if (!since || (!asked_on && *since > now)) return std::nullopt;
    found_.since = std::min(*since, now);
    for (const auto& thread : found_.threads) look_for_hindrances(thread, busy);
    if (!state_.due.empty() && !has(Hindrance::task)) hinder(Hindrance::deadline);
    std::ranges::sort(found_.hindrances);
    found_.proposed = std::ranges::all_of(
        found_.threads, [&](const auto& thread) { return is_proposed(casework_, thread); });
    return std::move(found_);
  }

 private:
  // The first who asked to have it erased.
  std::optional<crypto::Hour> asked() {
    std::optional<crypto::Hour> first;
    for (const auto& thread : found_.threads) {
      for (const OpenRequest& request : open_requests(casework_, terms_, thread)) {
        if (request.what != request_to_erase) {
          hinder(Hindrance::request);
        } else if (!first || request.since < *first) {
          first = request.since;
        }
      }
    }
    if (first) found_.term = "request";
    return first;
  }

  std::optional<crypto::Hour> over() {
    const auto begun = term_begun();
    if (!begun) return std::nullopt;
    found_.term = begun->code;
    return terms_.end_of(begun->code, begun->from);
  }

  [[nodiscard]] std::optional<TermBegun> term_begun() const {
    const record::CaseRecord& file = casework_.files().of(found_.subject);
    if (state_.closed) {
      return TermBegun{"retention." + state_.closing_reason, closed_at(file)};
    }
    const record::Item* triage = file.one("triage");
    if (triage != nullptr) {
      const std::string as = text_in(triage->fields(), "as");
      const std::string_view kept = as == "ADVICE"  ? "advice"
                                    : as == "JUNK"  ? "junk"
                                    : as == "MUTED" ? "muted"
                                                    : "";
      if (kept.empty()) return std::nullopt;
      return TermBegun{"retention." + std::string(kept), triage->now().hour};
    }
    if (!state_.phases.empty() || state_.closing_waits_for_second) return std::nullopt;
    return after_the_last_reply();
  }

  // A minor's case is closed when a second person has confirmed it.
  static crypto::Hour closed_at(const record::CaseRecord& file) {
    crypto::Hour hour = file.one("closing")->now().hour;
    for (const record::Item* second : file.several("seconded")) {
      hour = std::max(hour, second->now().hour);
    }
    return hour;
  }

  [[nodiscard]] std::optional<TermBegun> after_the_last_reply() const {
    // Only where a term is decided: it asks the journal on the disk.
    const Term* term = terms_.find("retention.no_case");
    if (term == nullptr || !term->span) return std::nullopt;
    Position last = 0;
    for (const auto& thread : found_.threads) {
      for (const ReplyEntry& reply : casework_.index().find(thread)->replies) {
        if (reply.status != crypto::ReplyStatus::read) last = std::max(last, reply.position);
      }
    }
    const auto hour = last == 0 ? std::nullopt : hour_at(casework_, last);
    if (!hour) return std::nullopt;
    return TermBegun{term->code, *hour};
  }

  void look_for_hindrances(const crypto::CaseId& thread, const std::set<crypto::CaseId>& busy) {
    if (is_unread(casework_, thread)) hinder(Hindrance::unread);
    if (busy.contains(thread) || has_open_task(thread)) hinder(Hindrance::task);
    for (const auto& [id, entry] : casework_.escalations().all()) {
      if (entry.subject == thread && !is_settled(entry)) hinder(Hindrance::escalation);
    }
  }

  // Those of a closed case too, which its state does not count.
  [[nodiscard]] bool has_open_task(const crypto::CaseId& thread) const {
    return std::ranges::any_of(
        casework_.files().of(thread).several("task"),
        [](const record::Item* task) { return !record::flag_in(task->fields(), "done"); });
  }

  [[nodiscard]] bool has(Hindrance hindrance) const {
    return std::ranges::find(found_.hindrances, hindrance) != found_.hindrances.end();
  }
  void hinder(Hindrance hindrance) {
    if (!has(hindrance)) found_.hindrances.push_back(hindrance);
  }

  const Casework& casework_;
  const Terms& terms_;
  record::CaseState state_;
  DueErasure found_;
};

}  // namespace

std::string_view name_of(Hindrance hindrance) {
  return hindrance_texts.at(static_cast<std::size_t>(hindrance)).name;
}

std::string_view sentence_of(Hindrance hindrance) {
  return hindrance_texts.at(static_cast<std::size_t>(hindrance)).sentence;
}

std::vector<DueErasure> due_for_erasure(const Casework& casework, const Terms& terms,
                                        crypto::Hour now) {
  std::set<crypto::CaseId> busy;
  for (const Task& task : tasks_of(casework, terms, now)) {
    if (!ends_with_erasure(task.kind) && task.kind != TaskKind::request_open) {
      busy.insert(task.subject);
    }
  }
  std::vector<DueErasure> list;
  for (const auto& [id, entry] : casework.index().cases()) {
    if (!entry.readable) continue;
    const crypto::CaseId head = casework.files().groups().head_of(id);
    const Case* whole = head == id ? nullptr : casework.index().find(head);
    if (whole != nullptr && whole->readable) continue;
    if (auto due = Keeping(casework, terms, id).due(busy, now)) list.push_back(std::move(*due));
  }
  std::ranges::stable_sort(list, {}, &DueErasure::since);
  return list;
}

Outcome<std::size_t> propose_due(Casework& casework, StaffLine& line, const Terms& terms,
                                 const crypto::CaseId& subject, const std::string& reason,
                                 crypto::Hour now) {
  const auto list = due_for_erasure(casework, terms, now);
  const auto due = std::ranges::find(list, subject, &DueErasure::subject);
  if (due == list.end()) {
    return problem(EX_NOINPUT,
                   "this case is not due for erasure: its term is not over, or none is "
                   "decided");
  }
  if (!due->hindrances.empty()) {
    return problem(EX_NOPERM, std::string(sentence_of(due->hindrances.front())));
  }
  std::size_t asked = 0;
  // Itself last: while it is there, the others belong to it.
  for (auto thread = due->threads.rbegin(); thread != due->threads.rend(); ++thread) {
    if (is_proposed(casework, *thread)) continue;
    if (auto done = propose_erasure(casework, line, *thread, reason); !done) {
      return pass_on(done.error());
    }
    const auto approvers = ask_to_countersign_erasure(casework, line, *thread, now);
    if (!approvers) return pass_on(approvers.error());
    asked = *approvers;
  }
  return asked;
}

}  // namespace meldpunt::client
