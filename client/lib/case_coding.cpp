#include "client/lib/case_coding.h"

namespace meldpunt::client {

trends::Codes CaseCoding::codes() const {
  trends::Codes codes = newest ? newest->codes : trends::Codes();
  codes.insert(from_answers.begin(), from_answers.end());
  return codes;
}

trends::Codes codes_of(const crypto::Report& report) {
  const auto* statement = std::get_if<crypto::Statement>(&report.body);
  if (statement == nullptr) return {};
  trends::Answers answers;
  for (const crypto::Answer& answer : statement->answers) answers[answer.question] = answer.codes;
  return trends::codes_of_answers(answers);
}

crypto::Coding changed(const CaseCoding& before, const CodingChange& change) {
  crypto::Coding coding;
  coding.vocabulary = trends::code_lists_version;
  coding.statistics_refused = change.statistics_refused.value_or(before.statistics_refused());
  if (before.newest) coding.codes = before.newest->codes;
  for (const auto& [dimension, code] : change.codes) coding.codes[dimension] = code;
  return coding;
}

}  // namespace meldpunt::client
