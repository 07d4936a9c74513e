#include "client/console/event_log.h"

#include <algorithm>

namespace meldpunt::console {

void EventLog::take(client::Position position, const crypto::EventHead& head) {
  if (position != entries_.size() + 1) return;
  entries_.push_back({head.subject, head.device, head.hour, head.kind});
  if (head.subject.is_zero()) return;
  Summary& summary = cases_[head.subject];
  ++summary.count;
  // That a reply lies at its address, and what travelled where, is nobody's news.
  if (head.kind == crypto::EventKind::posted) return;
  summary.newest = std::max(summary.newest, head.hour);
}

crypto::Hour EventLog::newest_in(const crypto::CaseId& subject) const {
  const auto found = cases_.find(subject);
  return found == cases_.end() ? 0 : found->second.newest;
}

std::size_t EventLog::count_in(const crypto::CaseId& subject) const {
  const auto found = cases_.find(subject);
  return found == cases_.end() ? 0 : found->second.count;
}

}  // namespace meldpunt::console
