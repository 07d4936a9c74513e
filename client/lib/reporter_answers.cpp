#include "client/lib/reporter_answers.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "client/lib/clean_text.h"
#include "crypto/text.h"

namespace meldpunt::client {

using crypto::Error;
using crypto::fail;
using Json = nlohmann::ordered_json;

namespace {

std::optional<std::string> string_of(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  return value.get<std::string>();
}

std::optional<crypto::Answer> answer_of(const std::string& question, const Json& value) {
  crypto::Answer answer{question, {}};
  const auto add = [&](const Json& code) {
    const auto name = string_of(code);
    if (name) answer.codes.push_back(*name);
    return name && crypto::is_code_name(crypto::as_bytes(*name));
  };
  if (!crypto::is_code_name(crypto::as_bytes(question))) return std::nullopt;
  if (!value.is_array()) return add(value) ? std::optional(answer) : std::nullopt;
  for (const Json& code : value) {
    if (!add(code)) return std::nullopt;
  }
  return answer;
}

bool read_answers(std::vector<crypto::Answer>& answers, const Json& object) {
  if (!object.is_object()) return false;
  for (const auto& [question, value] : object.items()) {
    const auto answer = answer_of(question, value);
    if (!answer) return false;
    answers.push_back(*answer);
  }
  return true;
}

bool read_field(Answers& answers, const std::string& name, const Json& value) {
  if (name == "answers") return read_answers(answers.statement.answers, value);
  if (name == "id") return true;
  const auto text = string_of(value);
  if (!text) return false;
  if (name == "text") {
    answers.statement.text = clean_text(*text);
    return true;
  }
  if (!crypto::is_code_name(crypto::as_bytes(*text))) return false;
  if (name == "language") {
    answers.statement.language = *text;
    return true;
  }
  if (name == "kind" && *text == "ADVICE") answers.kind = crypto::ReportKind::advice;
  if (name != "kind" && name != "reporter") return false;
  answers.statement.answers.push_back({name == "kind" ? "report_kind" : name, {*text}});
  return true;
}

}  // namespace

crypto::Result<Answers> parse_answers(std::string_view json, std::string_view language) {
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return fail(Error::malformed);
  Answers answers;
  answers.statement.language = language;
  for (const auto& [name, value] : object.items()) {
    if (!read_field(answers, name, value)) return fail(Error::malformed);
  }
  if (!crypto::is_text(crypto::as_bytes(answers.statement.text))) return fail(Error::malformed);
  return answers;
}

}  // namespace meldpunt::client
