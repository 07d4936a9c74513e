#include "client/lib/release_terms.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr std::array noises{trends::Noise::laplace, trends::Noise::gaussian,
                            trends::Noise::effects};

std::string text_at(const json& terms, const char* name) {
  if (!terms.is_object()) return {};
  const auto found = terms.find(name);
  return found != terms.end() && found->is_string() ? found->get<std::string>() : std::string();
}

tl::unexpected<Problem> not_ours() {
  return problem(EX_DATAERR,
                 "the terms of this proposal are not of this program's version: update it, or have "
                 "it proposed again");
}

// To hundredths, upwards: a person reads it.
double told(double half_width) { return std::ceil(half_width * 100) / 100; }

}  // namespace

std::string terms_of(const ReleaseWish& wish, const trends::Plan& plan) {
  const trends::Charge& charge = plan.of(*trends::cadence_of(wish.period))->charge;
  return json{{"schedule", wish.schedule},
              {"life", trends::decimal(wish.budget.life)},
              {"noise", trends::name_of(plan.noise)},
              {"rho", trends::decimal(charge.rho)},
              {"epsilon_pure", trends::decimal(charge.pure)}}
      .dump();
}

Outcome<ReleaseWish> read_terms(crypto::Series series, const trends::Period& period,
                                const std::string& terms) {
  const json read = json::parse(terms, nullptr, false);
  const ReleaseWish wish{
      series, period, text_at(read, "schedule"), {trends::read_decimal(text_at(read, "life"))}};
  const auto* counted = trends::find_series(series);
  if (counted == nullptr || trends::find_schedule(*counted, wish.schedule) == nullptr ||
      wish.budget.life == 0 || !trends::cadence_of(period)) {
    return not_ours();
  }
  return wish;
}

Outcome<ReleaseWish> wish_of(const crypto::ReleaseProposal& proposal) {
  return read_terms(proposal.series, {proposal.first, proposal.last}, proposal.terms);
}

Outcome<trends::Plan> plan_of(const crypto::ReleaseProposal& proposal) {
  const auto wish = wish_of(proposal);
  if (!wish) return pass_on(wish.error());
  const std::string named = text_at(json::parse(proposal.terms, nullptr, false), "noise");
  const auto* const noise = std::ranges::find_if(
      noises, [&](trends::Noise each) { return trends::name_of(each) == named; });
  if (noise == noises.end() || wish->budget.life > trends::life_budget_max) return not_ours();
  const auto& series = *trends::find_series(wish->series);
  trends::Plan plan = trends::make_plan(series, *trends::find_schedule(series, wish->schedule),
                                        wish->budget, *noise);
  if (plan.of(*trends::cadence_of(wish->period)) == nullptr ||
      terms_of(*wish, plan) != proposal.terms) {
    return not_ours();
  }
  return plan;
}

json json_of_tables(const trends::Plan& plan, const trends::Period& period) {
  json tables = json::array();
  for (const trends::PlannedTable& table : plan.of(*trends::cadence_of(period))->tables) {
    tables.push_back({{"title", trends::title_of(*plan.series, table.axes)},
                      {"cells", trends::cell_count(plan.series->shape(), table.axes)},
                      {"half_width", told(table.half_width)},
                      {"in_the_end", told(table.in_the_end)}});
  }
  return tables;
}

json json_of(const crypto::ReleaseProposal& proposal) {
  const trends::Period period{proposal.first, proposal.last};
  const auto* series = trends::find_series(proposal.series);
  json object{{"what", "release"},
              {"series", series == nullptr ? std::string() : std::string(series->name)},
              {"period", trends::name_of(period)}};
  const auto plan = plan_of(proposal);
  if (!plan) {
    object["terms"] = proposal.terms;
    object["fault"] = plan.error().sentence;
    return object;
  }
  const trends::Charge& charge = plan->of(*trends::cadence_of(period))->charge;
  object["schedule"] = plan->schedule;
  object["life"] = trends::decimal(plan->life);
  object["noise"] = trends::name_of(plan->noise);
  object["rho"] = trends::decimal(charge.rho);
  object["epsilon_pure"] = trends::decimal(charge.pure);
  object["epsilon"] = trends::decimal(charge.epsilon());
  object["epsilon_of_life"] = trends::decimal(trends::epsilon_at_delta(plan->life));
  object["delta"] = trends::delta_text;
  object["tables"] = json_of_tables(*plan, period);
  std::uint64_t cells = 0;
  for (const json& table : object["tables"]) cells += table["cells"].get<std::uint64_t>();
  object["cells"] = cells;
  return object;
}

}  // namespace meldpunt::client
