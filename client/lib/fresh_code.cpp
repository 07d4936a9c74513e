#include "client/lib/fresh_code.h"

#include <sodium.h>

namespace meldpunt::client {

namespace {

constexpr std::uint32_t smallest_offer = 100'000;  // six digits, as linking.h looks for
constexpr std::uint32_t offers = 900'000;

}  // namespace

Outcome<std::string> offer_fresh_code(Casework& casework, const crypto::CaseId& subject,
                                      const std::string& text) {
  const std::string number = std::to_string(smallest_offer + randombytes_uniform(offers));
  // The note first: a number that she has and nobody knows would lead nowhere.
  const auto noted = casework.note(
      subject, "A fresh code was offered. The new report names this number: " + number);
  if (!noted) return pass_on(noted.error());
  ReplyDraft draft{crypto::ReplyStatus::question, true, std::string(fresh_code_module), number, {}};
  if (!text.empty()) draft.text += "\n\n" + text;
  const auto replied = casework.reply(subject, draft);
  if (!replied) return pass_on(replied.error());
  return number;
}

}  // namespace meldpunt::client
