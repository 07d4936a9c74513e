#include "client/lib/release_rules.h"

#include <algorithm>

#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

// Each quarter: closures have no tables of pairs that a year would add.
constexpr std::string_view usual_of_closures = "quarter";

std::string date_of(crypto::Day day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
  const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + '-' +
         two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

trends::Period year_of(const trends::Period& period) {
  return trends::period_around(period.first, trends::Cadence::year);
}

std::string names_of_schedules(const trends::Counted& series) {
  std::string names;
  for (const trends::Schedule& each : trends::schedules_of(series)) {
    names.append(names.empty() ? "" : ", ").append(each.name);
  }
  return names;
}

// The closures pay from what the inflow of that year leaves, in the same kind of account.
trends::Plan plan_of_inflow(const ReleaseLedger& ledger, const ReleaseWish& wish) {
  ReleaseWish inflow;
  inflow.budget = wish.budget;
  const auto terms = terms_of_year(ledger, crypto::Series::inflow, wish.period);
  if (terms) inflow = *terms;
  return trends::make_plan(
      trends::inflow(), *trends::find_schedule(trends::inflow(), inflow.schedule), inflow.budget);
}

Outcome<const trends::Schedule*> schedule_of(const ReleaseWish& wish) {
  const auto* series = trends::find_series(wish.series);
  if (series == nullptr) return problem(EX_USAGE, "--series is inflow or closures");
  const auto* schedule = trends::find_schedule(*series, wish.schedule);
  if (schedule == nullptr) {
    return problem(EX_USAGE, "there is no schedule \"" + wish.schedule + "\" of the " +
                                 std::string(series->name) +
                                 "; there are: " + names_of_schedules(*series));
  }
  if (wish.budget.life > trends::life_budget_max) {
    return problem(EX_USAGE, "a life budget of " + trends::decimal(wish.budget.life) +
                                 " is more than " + trends::decimal(trends::life_budget_max) +
                                 ": figures so exact could point at one person; choose less");
  }
  return schedule;
}

Outcome<void> as_its_year_began(const ReleaseLedger& ledger, const ReleaseWish& wish) {
  const auto terms = terms_of_year(ledger, wish.series, wish.period);
  if (!terms || (terms->schedule == wish.schedule && terms->budget.life == wish.budget.life)) {
    return {};
  }
  return problem(EX_DATAERR, trends::name_of(year_of(wish.period)) + " began with the schedule " +
                                 terms->schedule + " and a budget of " +
                                 trends::decimal(terms->budget.life) +
                                 ": these stay until the year is over, so that its figures belong "
                                 "together; choose others for the next year");
}

// What the schedule wants before, and is neither released nor lost.
std::vector<std::string> missing_before(const ReleaseLedger& ledger, const ReleaseWish& wish,
                                        const trends::Plan& plan) {
  std::vector<std::string> missing;
  for (const trends::PlannedCadence& each : plan.cadences) {
    if (each.cadence >= *trends::cadence_of(wish.period)) continue;
    for (crypto::Day day = wish.period.first; day <= wish.period.last;) {
      const trends::Period part = trends::period_around(day, each.cadence);
      if (ledger.of(wish.series, part) == nullptr && ledger.lost(wish.series, part) == nullptr) {
        missing.push_back(trends::name_of(part));
      }
      day = part.last + 1;
    }
  }
  return missing;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

std::optional<ReleaseWish> terms_of_year(const ReleaseLedger& ledger, crypto::Series series,
                                         const trends::Period& period) {
  for (const JournaledRelease& release : ledger.all()) {
    if (release.head.series != series || year_of(release.period()) != year_of(period)) continue;
    if (auto terms = read_terms(series, release.period(), release.terms)) return std::move(*terms);
  }
  return std::nullopt;
}

ReleaseWish usual_wish(const ReleaseLedger& ledger, crypto::Series series,
                       const trends::Period& period) {
  ReleaseWish wish;
  if (series == crypto::Series::closures) wish.schedule = usual_of_closures;
  if (auto terms = terms_of_year(ledger, series, period)) wish = std::move(*terms);
  wish.series = series;
  wish.period = period;
  return wish;
}

Outcome<trends::Plan> plan_for(const ReleaseLedger& ledger, const ReleaseWish& wish) {
  const auto schedule = schedule_of(wish);
  if (!schedule) return pass_on(schedule.error());
  trends::Plan plan =
      wish.series == crypto::Series::inflow
          ? trends::make_plan(trends::inflow(), **schedule, wish.budget)
          : trends::make_plan_beside(plan_of_inflow(ledger, wish), **schedule, wish.budget);
  if (plan.cadences.empty()) {
    return problem(EX_USAGE,
                   "this budget is too small for any figure: leave --budget out for the usual one");
  }
  const auto cadence = trends::cadence_of(wish.period);
  if (!cadence || plan.of(*cadence) == nullptr) {
    return problem(EX_USAGE, "the schedule " + wish.schedule + " has no figures of " +
                                 trends::name_of(wish.period) + ". " +
                                 std::string((*schedule)->label));
  }
  if (const auto same = as_its_year_began(ledger, wish); !same) return pass_on(same.error());
  return plan;
}

Outcome<void> may_release(const ReleaseLedger& ledger, const ReleaseWish& wish,
                          const trends::Plan& plan, crypto::Hour now) {
  const std::string name = trends::name_of(wish.period);
  if (!wish.period.over(now)) {
    return problem(EX_TEMPFAIL, name + " is not over: it can be released from " +
                                    date_of(wish.period.last + 1) + " on (UTC)");
  }
  if (const auto* other = ledger.overlapping(wish.series, wish.period)) {
    return problem(EX_DATAERR, "days of " + name + " were released in " +
                                   trends::name_of(other->period()) +
                                   ": each case is counted once, so that no two figures can be "
                                   "compared to find one person; release other periods");
  }
  if (const auto* lost = ledger.lost(wish.series, wish.period)) {
    return problem(
        EX_UNAVAILABLE,
        name + " is lost: the receiver has figures of it (number " +
            std::to_string(lost->head.sequence) +
            ") that this journal does not hold, because the server was set back. It is "
            "never drawn again: two draws of one period would say more than one may. Ask "
            "the receiver for a copy, and report the period as lost here");
  }
  const auto missing = missing_before(ledger, wish, plan);
  if (!missing.empty()) {
    return problem(EX_TEMPFAIL, "before " + name + " is released, these have to be: " +
                                    joined(missing) + ". " + name + " makes their figures final");
  }
  return {};
}

Outcome<void> can_pay(const CountedCases& cases, const ReleaseWish& wish,
                      const trends::Plan& plan) {
  const trends::Charge& charge = plan.of(*trends::cadence_of(wish.period))->charge;
  if (cases.most_paid_with(charge) <= trends::epsilon_at_delta(wish.budget.life)) return {};
  return problem(EX_NOPERM,
                 "a case of this period has been counted before, and has no budget left for these "
                 "figures: nothing was drawn");
}

std::vector<trends::MeasuredPeriod> measured_in_year(const ReleaseLedger& ledger,
                                                     crypto::Series series,
                                                     const trends::Period& period) {
  std::vector<trends::MeasuredPeriod> measured;
  for (const JournaledRelease& release : ledger.all()) {
    if (release.head.series != series || year_of(release.period()) != year_of(period)) continue;
    const auto travelled = crypto::decode_release(release.bytes);
    if (!travelled) continue;
    const auto read = trends::read_json_stat(crypto::as_text(travelled->document));
    if (read.publication && !read.publication->measured.empty()) {
      measured.push_back({release.period(), read.publication->measured});
    }
  }
  return measured;
}

}  // namespace meldpunt::client
