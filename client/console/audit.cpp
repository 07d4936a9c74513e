#include "client/console/audit.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/access_log.h"
#include "client/lib/case_words.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

using nlohmann::json;

json audit_of(const Workplace& place, const crypto::CaseId& subject, std::size_t most) {
  client::Casework& casework = place.casework();
  const auto threads =
      subject.is_zero() ? std::set<crypto::CaseId>{} : client::threads_of(casework, subject);
  const client::AccessLog log(casework);
  const auto& entries = place.log.entries();
  json events = json::array();
  for (std::size_t i = entries.size(); i > 0 && events.size() < most; --i) {
    const EventLog::Entry& entry = entries[i - 1];
    if (!threads.empty() && !threads.contains(entry.subject)) continue;
    events.push_back(log.json_of(log.of({i, entry.hour, entry.device, entry.subject, entry.kind})));
  }
  std::reverse(events.begin(), events.end());
  return {{"head", client::five_words(casework.journal().head(), client::english_words())},
          {"total", entries.size()},
          {"events", std::move(events)}};
}

}  // namespace meldpunt::console
