#include "client/record/case_state.h"

#include <algorithm>

namespace meldpunt::record {

namespace {

constexpr std::string_view closed_phase = "F9";

Triage triage_of(const CaseRecord& record) {
  const Item* item = record.one("triage");
  if (item == nullptr) return Triage::none;
  const std::string as = text_in(item->fields(), "as");
  if (as == "ADVICE") return Triage::advice;
  if (as == "JUNK") return Triage::junk;
  if (as == "MUTED") return Triage::muted;
  return Triage::a_case;
}

// By another device than the one that wrote it, or by an approver, whose signature was brought.
bool is_seconded(const CaseRecord& record, const Version& version,
                 const SignedElsewhere& signed_elsewhere) {
  return std::ranges::any_of(record.several("seconded"), [&](const Item* item) {
    const Fields& fields = item->fields();
    if (text_in(fields, "position") != std::to_string(version.position)) return false;
    if (text_in(fields, "by").empty()) return item->now().device != version.device;
    return signed_elsewhere && signed_elsewhere(fields, version);
  });
}

void add_due(CaseState& state, const Fields& fields, std::string_view day, std::string task) {
  const std::string on = text_in(fields, day);
  if (!on.empty()) state.due.push_back({on, std::move(task)});
}

void look_at_closing(CaseState& state, const CaseRecord& record, bool minor,
                     const SignedElsewhere& signed_elsewhere) {
  const Item* closing = record.one("closing");
  if (closing == nullptr) return;
  state.closing_reason = text_in(closing->fields(), "reason");
  state.closing_waits_for_second = minor && !is_seconded(record, closing->now(), signed_elsewhere);
  state.closed = !state.closing_waits_for_second;
}

void look_at_work(CaseState& state, const CaseRecord& record) {
  for (const Item* task : record.several("task")) {
    if (flag_in(task->fields(), "done")) continue;
    ++state.open_tasks;
    add_due(state, task->fields(), "due", text_in(task->fields(), "text"));
  }
  if (const Item* review = record.one("review")) {
    add_due(state, review->fields(), "on", {});
  }
  std::ranges::sort(state.due, {}, &DueDate::day);
}

}  // namespace

CaseState state_of(const CaseRecord& record, bool minor, const SignedElsewhere& signed_elsewhere) {
  CaseState state;
  state.triage = triage_of(record);
  if (const Item* phase = record.one("phase")) state.phases = codes_in(phase->fields(), "open");
  look_at_closing(state, record, minor, signed_elsewhere);
  if (state.closed) {
    state.phases = {std::string(closed_phase)};
  } else {
    look_at_work(state, record);
  }
  state.conflicts = record.conflict_count();
  return state;
}

std::string_view proposed_intensity(std::size_t factors) {
  if (factors == 0) return "LOW";
  return factors <= 2 ? "NORMAL" : "HIGH";
}

}  // namespace meldpunt::record
