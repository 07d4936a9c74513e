#include "client/console/statistics.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "client/console/iso_time.h"
#include "client/lib/recording.h"

namespace meldpunt::console {

namespace {

using client::Case;
using nlohmann::json;
using Hours = std::vector<crypto::Hour>;

struct Month {
  std::size_t reports = 0;
  std::size_t answered = 0;
  std::size_t closed = 0;
  Hours to_answer;
  Hours to_referral;
};

json median_of(Hours hours) {
  if (hours.empty()) return {};
  const auto middle = hours.begin() + static_cast<std::ptrdiff_t>(hours.size() / 2);
  std::ranges::nth_element(hours, middle);
  return *middle;
}

// Clocks differ: what seems to have happened before the beginning took no time.
crypto::Hour between(crypto::Hour from, crypto::Hour until) {
  return until > from ? until - from : 0;
}

bool said_closed(const Case& entry) {
  return !entry.replies.empty() && entry.replies.back().status == crypto::ReplyStatus::closed;
}

void count_case(const Case& entry, const EventLog& log, Month& month) {
  month.reports += entry.reports.size();
  const auto said = std::ranges::find_if(entry.replies, [](const client::ReplyEntry& reply) {
    return reply.status != crypto::ReplyStatus::read;
  });
  if (said == entry.replies.end()) return;
  ++month.answered;
  month.to_answer.push_back(between(entry.oldest, log.at(said->position).hour));
}

std::map<crypto::CaseId, crypto::Hour> referrals_of(const client::Casework& casework) {
  std::map<crypto::CaseId, crypto::Hour> first;
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (entry.sent == 0) continue;
    const auto [found, fresh] = first.emplace(entry.subject, entry.hour);
    if (!fresh) found->second = std::min(found->second, entry.hour);
  }
  return first;
}

json json_of_month(const std::string& name, const Month& month) {
  return {{"month", name},
          {"reports", month.reports},
          {"answered", month.answered},
          {"closed", month.closed},
          {"hours_to_answer", median_of(month.to_answer)},
          {"hours_to_referral", median_of(month.to_referral)}};
}

}  // namespace

json statistics_of(const client::Casework& casework, const EventLog& log) {
  const auto referrals = referrals_of(casework);
  std::map<std::string, Month> months;
  std::map<std::string, std::size_t> forms;
  std::map<std::string, std::size_t> outcomes;
  for (const auto& [id, entry] : casework.index().cases()) {
    if (!entry.readable || entry.reports.empty()) continue;
    Month& month = months[iso_hour(entry.oldest).substr(0, 7)];
    count_case(entry, log, month);
    const auto referral = referrals.find(id);
    if (referral != referrals.end()) {
      month.to_referral.push_back(between(entry.oldest, referral->second));
    }
    const record::CaseState file = client::state_of(casework, id);
    if (file.closed || said_closed(entry)) ++month.closed;
    if (file.closed && !file.closing_reason.empty()) ++outcomes[file.closing_reason];
    const auto codes = entry.coding.codes();
    if (const auto form = codes.find("form"); form != codes.end()) ++forms[form->second];
  }
  json list = json::array();
  for (const auto& [name, month] : months) list.push_back(json_of_month(name, month));
  return {{"months", list}, {"outcomes", outcomes}, {"forms", forms}};
}

}  // namespace meldpunt::console
