#include "client/lib/counted_cases.h"

#include <algorithm>

#include "client/lib/frozen_codes.h"
#include "client/lib/recording.h"

namespace meldpunt::client {

namespace {

using record::codes_in;
using record::text_in;

constexpr std::array cadences{trends::Cadence::month, trends::Cadence::quarter,
                              trends::Cadence::year};

// The threads of one case that can be read, the head first.
using Threads = std::vector<const Case*>;

Threads threads_of(const Casework& casework, const crypto::CaseId& head) {
  std::vector<crypto::CaseId> ids = casework.files().groups().members_of(head);
  ids.insert(ids.begin(), head);
  Threads threads;
  for (const crypto::CaseId& id : ids) {
    const Case* entry = casework.index().find(id);
    if (entry != nullptr && entry->readable) threads.push_back(entry);
  }
  return threads;
}

// In the vocabulary's questions, as the report would have answered them.
trends::Answers answers_in(const record::CaseRecord& file) {
  trends::Answers answers;
  if (const record::Item* classification = file.one("classification")) {
    const auto forms = codes_in(classification->fields(), "forms");
    // The first is the main one.
    if (!forms.empty()) answers["exploitation_form"] = {forms.front()};
    answers["status_victim"] = codes_in(classification->fields(), "status");
  }
  for (const record::Item* place : file.several("place")) {
    if (text_in(place->fields(), "role") != "FOUND") continue;
    answers.try_emplace("municipality_found", codes_in(place->fields(), "municipality"));
  }
  for (const record::Item* need : file.several("need")) {
    answers["needs"].push_back(text_in(need->fields(), "need"));
  }
  return answers;
}

trends::Codes inflow_codes(const Casework& casework, const Threads& threads) {
  trends::Codes codes;
  const auto add = [&](const trends::Codes& more) { codes.insert(more.begin(), more.end()); };
  for (const Case* each : threads) {
    if (each->coding.newest) add(each->coding.newest->codes);
  }
  for (const Case* each : threads) {
    add(trends::codes_of_answers(answers_in(casework.files().of(each->id))));
  }
  for (const Case* each : threads) add(each->coding.from_answers);
  return codes;
}

trends::CodeSets closing_codes(const Casework& casework, const Threads& threads) {
  std::vector<std::string> needs;
  std::vector<std::string> unavailable;
  for (const Case* each : threads) {
    for (const record::Item* need : casework.files().of(each->id).several("need")) {
      needs.push_back(text_in(need->fields(), "need"));
      if (text_in(need->fields(), "state") == "UNAVAILABLE") unavailable.push_back(needs.back());
    }
  }
  const record::Item* closing = casework.files().of(threads.front()->id).one("closing");
  return trends::codes_of_closing(text_in(closing->fields(), "reason"), needs, unavailable);
}

std::optional<crypto::Hour> opened_at(const Threads& threads) {
  std::optional<crypto::Hour> opened;
  for (const Case* each : threads) {
    if (each->reports.empty()) continue;
    opened = std::min(opened.value_or(each->oldest), each->oldest);
  }
  return opened;
}

// That of a minor when a second person confirmed it.
crypto::Hour closed_at(const record::CaseRecord& file) {
  const record::Version& closing = file.one("closing")->now();
  for (const record::Item* seconded : file.several("seconded")) {
    if (text_in(seconded->fields(), "position") == std::to_string(closing.position)) {
      return std::max(closing.hour, seconded->now().hour);
    }
  }
  return closing.hour;
}

// Called a case, or nothing yet.
bool is_case(const record::CaseState& state) {
  return state.triage == record::Triage::none || state.triage == record::Triage::a_case;
}

bool falls_in(const Casework& casework, const Threads& threads, crypto::Series series,
              const trends::Period& period) {
  const auto opened = opened_at(threads);
  if (!opened) return false;
  if (series == crypto::Series::inflow) {
    return period.holds(*opened) && is_case(state_of(casework, threads.front()->id));
  }
  const record::CaseRecord& file = casework.files().of(threads.front()->id);
  if (file.one("closing") == nullptr || !period.holds(closed_at(file))) return false;
  const record::CaseState state = state_of(casework, threads.front()->id);
  return state.closed && is_case(state);
}

trends::CodeSets codes_now(const Casework& casework, const Threads& threads,
                           crypto::Series series) {
  if (series == crypto::Series::closures) return closing_codes(casework, threads);
  trends::CodeSets sets;
  for (const auto& [dimension, code] : inflow_codes(casework, threads)) sets[dimension] = {code};
  return sets;
}

// What was written down when it was counted first, unless it has not been.
std::optional<Frozen> frozen_of(const Casework& casework, const Threads& threads,
                                crypto::Series series, const std::set<crypto::CaseId>& ever) {
  for (const Case* each : threads) {
    if (!ever.contains(each->id)) continue;
    auto frozen = frozen_in(casework.files().of(each->id), series);
    if (frozen) return frozen;
  }
  return std::nullopt;
}

bool nobody_coded(const Threads& threads) {
  return std::ranges::none_of(threads,
                              [](const Case* each) { return each->coding.newest.has_value(); });
}

bool refused_statistics(const Threads& threads) {
  return std::ranges::any_of(threads,
                             [](const Case* each) { return each->coding.statistics_refused(); });
}

bool is_one_of(const std::set<crypto::CaseId>& ids, const Threads& threads) {
  return std::ranges::any_of(threads, [&](const Case* each) { return ids.contains(each->id); });
}

// What was counted before is due around its period.
bool is_due(const Casework& casework, const Threads& threads, crypto::Series series,
            const trends::Period& period, const std::optional<Frozen>& frozen) {
  if (!frozen) return falls_in(casework, threads, series, period);
  return period.first <= frozen->period.first && frozen->period.last <= period.last;
}

void add(CountedCases& counted, crypto::Series series, const Threads& threads,
         const trends::CodeSets& codes) {
  if (series == crypto::Series::inflow && nobody_coded(threads)) ++counted.not_coded;
  counted.coded.push_back(trends::coded(*trends::find_series(series), codes));
  auto& ids = counted.threads.emplace_back();
  for (const Case* each : threads) ids.push_back(each->id);
}

// Something may have been struck from a case since, which then goes on under another id.
std::set<crypto::CaseId> counted_by_now(const Casework& casework, const ReleaseLedger& ledger,
                                        crypto::Series series, trends::Cadence cadence) {
  std::set<crypto::CaseId> ids;
  for (const crypto::CaseId& id : ledger.counted(series, cadence)) {
    ids.insert(casework.files().by_now(id));
  }
  return ids;
}

std::map<crypto::CaseId, trends::Charge> paid_by_now(const Casework& casework,
                                                     const ReleaseLedger& ledger) {
  std::map<crypto::CaseId, trends::Charge> paid;
  for (const auto& [id, charge] : ledger.paid()) paid[casework.files().by_now(id)] += charge;
  return paid;
}

}  // namespace

trends::Billionths CountedCases::most_paid_with(const trends::Charge& charge) const {
  // Most have paid the same.
  std::set<std::pair<trends::Billionths, trends::Billionths>> sums{{charge.rho, charge.pure}};
  for (const trends::Charge& before : paid) {
    sums.emplace(before.rho + charge.rho, before.pure + charge.pure);
  }
  trends::Billionths most = 0;
  for (const auto& [rho, pure] : sums) most = std::max(most, trends::Charge{rho, pure}.epsilon());
  return most;
}

CountedCases counted_cases(const Casework& casework, const ReleaseLedger& ledger,
                           crypto::Series series, const trends::Period& period) {
  const auto before = counted_by_now(casework, ledger, series, *trends::cadence_of(period));
  const auto ever = counted_ever(casework, ledger, series);
  const auto paid = paid_by_now(casework, ledger);
  CountedCases counted;
  std::set<crypto::CaseId> paying;
  for (const auto& [id, entry] : casework.index().cases()) {
    if (!entry.readable || !casework.files().groups().stands_alone(id)) continue;
    const Threads threads = threads_of(casework, id);
    const auto frozen = frozen_of(casework, threads, series, ever);
    if (!is_due(casework, threads, series, period, frozen)) continue;
    if (is_one_of(before, threads)) continue;
    if (refused_statistics(threads)) {
      ++counted.left_out;
      continue;
    }
    add(counted, series, threads, frozen ? frozen->codes : codes_now(casework, threads, series));
    paying.insert(counted.threads.back().begin(), counted.threads.back().end());
  }
  counted.ids.assign(paying.begin(), paying.end());
  for (const crypto::CaseId& id : counted.ids) {
    const auto found = paid.find(id);
    counted.paid.push_back(found == paid.end() ? trends::Charge() : found->second);
  }
  return counted;
}

trends::Codes inflow_codes(const Casework& casework, const crypto::CaseId& subject) {
  return inflow_codes(casework, threads_of(casework, casework.files().groups().head_of(subject)));
}

std::set<crypto::CaseId> counted_ever(const Casework& casework, const ReleaseLedger& ledger,
                                      crypto::Series series) {
  std::set<crypto::CaseId> ids;
  for (const trends::Cadence cadence : cadences) {
    ids.merge(counted_by_now(casework, ledger, series, cadence));
  }
  return ids;
}

bool is_counted(const Casework& casework, crypto::Series series, const crypto::CaseId& subject) {
  return counted_ever(casework, casework.releases(), series).contains(subject);
}

}  // namespace meldpunt::client
