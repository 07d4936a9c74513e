#include "client/console/trends_periods.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "client/console/iso_time.h"
#include "client/console/trends_answer.h"
#include "client/console/trends_plan_answer.h"
#include "client/lib/case_words.h"

namespace meldpunt::console {

using nlohmann::json;

namespace {

std::array<const trends::Counted*, 2> both_series() {
  return {&trends::inflow(), &trends::closures()};
}

std::string iso_day(crypto::Day day) { return iso_time(std::chrono::days(day)).substr(0, 10); }

// From that of the first case to this one, the newest first.
std::vector<trends::Period> years(const Workplace& place, const client::ReleaseLedger& ledger) {
  const crypto::Day today = crypto::day_of(place.hour());
  crypto::Day first = today;
  for (const auto& [id, entry] : place.casework().index().cases()) {
    if (entry.oldest != 0) first = std::min(first, crypto::day_of(entry.oldest));
  }
  for (const auto& release : ledger.all()) first = std::min(first, release.head.first);
  std::vector<trends::Period> list{trends::period_around(today, trends::Cadence::year)};
  while (list.back().first > first) {
    list.push_back(trends::period_around(list.back().first - 1, trends::Cadence::year));
  }
  return list;
}

json json_of_terms(const YearTerms& terms) {
  return {{"schedule", terms.wish.schedule},
          {"life", trends::decimal(terms.wish.budget.life)},
          {"epsilon", trends::decimal(trends::epsilon_at_delta(terms.wish.budget.life))},
          {"fixed", terms.fixed}};
}

// By when it ends, then the series, then the finest first: as they become due.
struct Turn {
  crypto::Day last = 0;
  trends::Cadence cadence = trends::Cadence::month;
  crypto::Series series = crypto::Series::none;

  friend auto operator<=>(const Turn&, const Turn&) = default;
};
using Periods = std::map<Turn, trends::Period, std::greater<>>;

void add(Periods& periods, crypto::Series series, const trends::Period& period) {
  if (const auto cadence = trends::cadence_of(period)) {
    periods.emplace(Turn{period.last, *cadence, series}, period);
  }
}

void add_year(Periods& periods, const trends::Counted& series, const trends::Schedule& schedule,
              const trends::Period& year, crypto::Day today) {
  for (const trends::WantedTables& wanted : schedule.cadences) {
    for (crypto::Day day = year.first; day <= std::min(year.last, today);) {
      const trends::Period period = trends::period_around(day, wanted.cadence);
      add(periods, series.id, period);
      day = period.last + 1;
    }
  }
}

// By the schedules, and whatever else the journal or the receiver knows of.
Periods all_periods(const Workplace& place, const client::ReleaseLedger& ledger) {
  Periods periods;
  for (const trends::Period& year : years(place, ledger)) {
    for (const trends::Counted* series : both_series()) {
      const YearTerms terms = terms_for(ledger, *series, year);
      const trends::Schedule* schedule = trends::find_schedule(*series, terms.wish.schedule);
      if (schedule == nullptr) continue;
      add_year(periods, *series, *schedule, year, crypto::day_of(place.hour()));
    }
  }
  for (const auto& release : ledger.all()) add(periods, release.head.series, release.period());
  for (const auto* each : ledger.all_proposed()) {
    add(periods, each->proposal.series, each->period());
  }
  for (const auto& lost : ledger.all_lost()) {
    add(periods, lost.head.series, {lost.head.first, lost.head.last});
  }
  return periods;
}

// Of the schedule's finer cadences, what in the period was neither released nor lost.
json missing_of(const client::ReleaseLedger& ledger, const trends::Counted& series,
                const trends::Schedule& schedule, const trends::Period& period) {
  json names = json::array();
  for (const trends::WantedTables& wanted : schedule.cadences) {
    if (wanted.cadence >= *trends::cadence_of(period)) continue;
    for (crypto::Day day = period.first; day <= period.last;) {
      const trends::Period part = trends::period_around(day, wanted.cadence);
      if (ledger.of(series.id, part) == nullptr && ledger.lost(series.id, part) == nullptr) {
        names.push_back(trends::name_of(part));
      }
      day = part.last + 1;
    }
  }
  return names;
}

json json_of_proposal(const Workplace& place, const client::ProposedRelease& proposed) {
  const auto& rosters = place.casework().rosters();
  json object{{"by", rosters.name_of(proposed.proposal.device)},
              {"own", proposed.proposal.device == place.device.home.keys().id},
              {"hour", iso_hour(proposed.proposal.hour)}};
  if (const auto wish = client::wish_of(proposed.proposal)) {
    object["schedule"] = wish->schedule;
    object["life"] = trends::decimal(wish->budget.life);
    object["epsilon"] = trends::decimal(trends::epsilon_at_delta(wish->budget.life));
  }
  return object;
}

void add_proposal(json& object, const Workplace& place, const client::Releases& releases,
                  const client::ProposedRelease& proposed) {
  object["proposal"] = json_of_proposal(place, proposed);
  if (proposed.refused) {
    object["state"] = "refused";
    object["refused"] = {{"by", place.casework().rosters().name_of(proposed.refused->device)},
                         {"reason", proposed.refused->reason}};
    return;
  }
  object["state"] = releases.is_signed(proposed) ? "signed" : "proposed";
}

json json_of_period(Workplace& place, const client::Releases& releases,
                    const client::ReleaseLedger& ledger, const trends::Counted& series,
                    const trends::Period& period) {
  const trends::Cadence cadence = *trends::cadence_of(period);
  json object{{"series", series.name},
              {"period", trends::name_of(period)},
              {"cadence", trends::name_of(cadence)},
              {"first", iso_day(period.first)},
              {"last", iso_day(period.last)}};
  if (const auto* release = ledger.of(series.id, period)) {
    object["state"] = "released";
    object["release"] = client::hexadecimal(release->hash.view());
    return object;
  }
  if (ledger.lost(series.id, period) != nullptr) {
    object["state"] = "lost";
    return object;
  }
  if (const auto* proposed = ledger.proposed(series.id, period)) {
    add_proposal(object, place, releases, *proposed);
    return object;
  }
  if (!period.over(place.hour())) {
    object["state"] = "running";
    object["from"] = iso_day(period.last + 1);
    return object;
  }
  const auto year = trends::period_around(period.first, trends::Cadence::year);
  const auto* schedule =
      trends::find_schedule(series, terms_for(ledger, series, year).wish.schedule);
  object["missing"] =
      schedule == nullptr ? json::array() : missing_of(ledger, series, *schedule, period);
  object["state"] = object["missing"].empty() ? "due" : "finer";
  return object;
}

}  // namespace

json years_of(const Workplace& place, const client::ReleaseLedger& ledger) {
  json list = json::array();
  for (const trends::Period& year : years(place, ledger)) {
    const YearTerms opened = terms_for(ledger, trends::inflow(), year);
    const YearTerms closed = terms_for(ledger, trends::closures(), year);
    json object{
        {"year", trends::name_of(year)},
        {"terms", {{"inflow", json_of_terms(opened)}, {"closures", json_of_terms(closed)}}}};
    const auto* of_opened = trends::find_schedule(trends::inflow(), opened.wish.schedule);
    const auto* of_closed = trends::find_schedule(trends::closures(), closed.wish.schedule);
    if (of_opened != nullptr && of_closed != nullptr) {
      const auto inflow = trends::make_plan(trends::inflow(), *of_opened, opened.wish.budget);
      object["meter"] =
          meter_of(inflow, trends::make_plan_beside(inflow, *of_closed, closed.wish.budget),
                   opened.wish.budget);
    }
    list.push_back(std::move(object));
  }
  return list;
}

json periods_of(Workplace& place, const client::Releases& releases,
                const client::ReleaseLedger& ledger) {
  json list = json::array();
  for (const auto& [at, period] : all_periods(place, ledger)) {
    if (const auto* series = trends::find_series(at.series)) {
      list.push_back(json_of_period(place, releases, ledger, *series, period));
    }
  }
  return list;
}

}  // namespace meldpunt::console
