#include "client/lib/routing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/vocabulary.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

const json& routing_rules() {
  static const json rules = json::parse(vocabulary_json()).at("routing_rules");
  return rules;
}

// The rules name a second need "need2".
std::string fact_of(const std::string& condition) {
  return condition == "need2" ? "need" : condition;
}

bool fits(const Facts& facts, const std::string& name, const std::string& code) {
  if (code == "any" || code == "any municipality") return facts.contains(name);
  if (code == "none") return !facts.contains(name);
  return has_fact(facts, name, code);
}

bool holds(const Facts& facts, const std::string& condition, const json& wanted) {
  if (condition == "always") return true;
  const std::string name = fact_of(condition);
  if (wanted.is_string()) return fits(facts, name, wanted.get<std::string>());
  return wanted.is_array() && std::ranges::any_of(wanted, [&](const json& code) {
           return code.is_string() && fits(facts, name, code.get<std::string>());
         });
}

std::vector<std::string> list_in(const json& rule, const char* name) {
  return rule.value(name, std::vector<std::string>{});
}

RouteProposal proposal_of(const json& rule) {
  RouteProposal proposal;
  proposal.rule = rule.value("id", "");
  proposal.to = list_in(rule, "then");
  proposal.away = list_in(rule, "then_not");
  proposal.basis = rule.value("basis", "");
  proposal.warning = rule.value("warn", "");
  proposal.forum = rule.value("forum", "");
  proposal.task = rule.value("task", "");
  proposal.sources = list_in(rule, "source");
  proposal.proposed = rule.value("status", "") == "proposed";
  return proposal;
}

}  // namespace

std::vector<RouteProposal> routes_for(const Facts& facts) {
  std::vector<RouteProposal> proposals;
  for (const json& rule : routing_rules()) {
    const json& conditions = rule.at("if");
    const bool all = std::ranges::all_of(conditions.items(), [&](const auto& condition) {
      return holds(facts, condition.key(), condition.value());
    });
    if (all) proposals.push_back(proposal_of(rule));
  }
  return proposals;
}

}  // namespace meldpunt::client
