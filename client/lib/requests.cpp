#include "client/lib/requests.h"

#include <algorithm>

#include "client/lib/escalation_words.h"

namespace meldpunt::client {

namespace {

using record::text_in;

constexpr crypto::Hour whole_day = 24;

// The newest of the reporter's own.
Position asked_in_thread(const Case& entry) {
  Position newest = 0;
  for (const ReportEntry& report : entry.reports) {
    if (report.continues && report.kind == crypto::ReportKind::erase) newest = report.position;
  }
  return newest;
}

// Until the end of the day on which it was received, that many months later.
OpenRequest open_request(const record::Fields& fields, const Terms& terms) {
  OpenRequest request{text_in(fields, "what"), 0, std::nullopt};
  if (const auto on = hour_of_day(text_in(fields, "on"))) {
    request.since = *on;
    request.due = terms.end_of("request", *on);
  }
  if (const auto other = hour_of_day(text_in(fields, "due"))) request.due = other;
  if (request.due) *request.due += whole_day;
  return request;
}

bool is_open(const record::Fields& fields) {
  const std::string outcome = text_in(fields, "outcome");
  return outcome.empty() || (outcome == "GRANTED" && text_in(fields, "what") == request_to_erase);
}

}  // namespace

std::optional<crypto::Hour> hour_at(const Casework& casework, Position position) {
  const auto event = casework.journal().read(position);
  return event ? std::optional(event->head.hour) : std::nullopt;
}

std::vector<OpenRequest> open_requests(const Casework& casework, const Terms& terms,
                                       const crypto::CaseId& subject) {
  std::vector<OpenRequest> open;
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr || !entry->readable) return open;
  Position recorded = 0;
  for (const record::Item* item : casework.files().of(subject).several("request")) {
    const record::Fields& fields = item->fields();
    if (text_in(fields, "what") == request_to_erase) {
      recorded = std::max(recorded, item->now().position);
    }
    if (is_open(fields)) open.push_back(open_request(fields, terms));
  }
  const Position asked = asked_in_thread(*entry);
  if (asked > recorded) {
    const crypto::Hour since = hour_at(casework, asked).value_or(entry->oldest);
    open.push_back({std::string(request_to_erase), since, terms.end_of("request", since)});
  }
  return open;
}

}  // namespace meldpunt::client
