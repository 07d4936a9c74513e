#include "client/console/event_log.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace meldpunt::console {

namespace {

struct KindText {
  std::string_view name;
  std::string_view sentence;
};
// In the order of crypto::EventKind.
constexpr std::array<KindText, crypto::event_kinds> kind_texts{{
    {"taken_in", "A report was taken in."},
    {"junk", "Something came in that was no report."},
    {"assigned", "The case was given to somebody, or back to the queue."},
    {"reply", "A reply was written."},
    {"posted", "A reply was posted."},
    {"note", "A note was written."},
    {"bundle", "The steward issued keys for days ahead."},
    {"roster", "The steward issued a list of devices."},
    {"vault", "The vault key was changed."},
    {"device_key", "A device made a new key for itself."},
    {"erasure", "Erasing a case was proposed or done."},
    {"consent", "Consent was recorded."},
    {"escalation", "An escalation was proposed, sent, carried or withdrawn."},
    {"escalation_answer", "A partner answered."},
    {"coding", "The case was coded."},
    {"release", "Figures were released."},
    {"received", "Something came through the staff's box."},
    {"casework", "Something was written in a case file."},
    {"retained", "What was not struck from a case was taken along."},
}};

}  // namespace

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

std::string_view name_of(crypto::EventKind kind) {
  return kind_texts.at(static_cast<std::size_t>(kind) - 1).name;
}

std::string_view sentence_of(crypto::EventKind kind) {
  return kind_texts.at(static_cast<std::size_t>(kind) - 1).sentence;
}

}  // namespace meldpunt::console
