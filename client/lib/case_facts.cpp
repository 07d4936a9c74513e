#include "client/lib/case_facts.h"

#include <algorithm>

namespace meldpunt::client {

namespace {

using record::codes_in;
using record::text_in;

// Questions that a rule calls otherwise.
std::string fact_called(const std::string& question) {
  if (question == "municipality_registered") return "registered_in";
  if (question == "municipality_stays") return "stays_in";
  if (question == "municipality_found") return "found_in";
  if (question == "needs") return "need";
  return question;
}

void add(Facts& facts, const std::string& name, const std::vector<std::string>& codes) {
  if (!codes.empty()) facts[name].insert(codes.begin(), codes.end());
}

void add_places(Facts& facts, const record::CaseRecord& file) {
  for (const record::Item* place : file.several("place")) {
    const std::string role = text_in(place->fields(), "role");
    const std::string name = role == "REGISTERED"  ? "registered_in"
                             : role == "STAYS"     ? "stays_in"
                             : role == "EXPLOITED" ? "exploited_in"
                                                   : "found_in";
    add(facts, name, codes_in(place->fields(), "municipality"));
  }
}

void add_classification(Facts& facts, const record::CaseRecord& file) {
  const record::Item* classification = file.one("classification");
  if (classification == nullptr) return;
  const auto& fields = classification->fields();
  add(facts, "acts", codes_in(fields, "acts"));
  add(facts, "means", codes_in(fields, "means"));
  add(facts, "exploitation_form", codes_in(fields, "forms"));
  add(facts, "sector", codes_in(fields, "sectors"));
  add(facts, "modus", codes_in(fields, "modus"));
  add(facts, "legal_demarcation", codes_in(fields, "demarcation"));
  add(facts, "status_victim", codes_in(fields, "status"));
}

void add_file(Facts& facts, const record::CaseRecord& file) {
  add_places(facts, file);
  add_classification(facts, file);
  for (const record::Item* need : file.several("need")) {
    add(facts, "need", codes_in(need->fields(), "need"));
  }
  if (const record::Item* risk = file.one("risk")) {
    add(facts, "urgency", codes_in(risk->fields(), "urgency"));
  }
}

// The figures' codes stand in where a rule asks for something that only they have.
void add_coding(Facts& facts, const Case& entry) {
  const auto codes = entry.coding.codes();
  const auto take = [&](const char* dimension, const char* name) {
    const auto found = codes.find(dimension);
    if (found != codes.end()) facts[name].insert(found->second);
  };
  take("nationality_group", "nationality_group");
  if (!facts.contains("age_class")) take("age", "age_class");
  if (!facts.contains("gender")) take("gender", "gender");
  if (!facts.contains("exploitation_form")) take("form", "exploitation_form");
}

void add_case(Facts& facts, const Casework& casework, const crypto::CaseId& subject) {
  const Case* entry = casework.index().find(subject);
  if (entry == nullptr || !entry->readable) return;
  for (const auto& [question, codes] : entry->answers) add(facts, fact_called(question), codes);
  add_file(facts, casework.files().of(subject));
  add_coding(facts, *entry);
}

}  // namespace

Facts facts_of(const Casework& casework, const crypto::CaseId& subject) {
  Facts facts;
  add_case(facts, casework, subject);
  for (const auto& member : casework.files().groups().members_of(subject)) {
    add_case(facts, casework, member);
  }
  return facts;
}

bool has_fact(const Facts& facts, std::string_view name, std::string_view code) {
  const auto found = facts.find(name);
  if (found == facts.end()) return false;
  return std::ranges::any_of(found->second, [&](const std::string& known) {
    return known == code || (known.starts_with(code) && known[code.size()] == '.');
  });
}

}  // namespace meldpunt::client
