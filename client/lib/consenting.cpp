#include "client/lib/consenting.h"

#include "client/lib/vocabulary.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

Outcome<void> check(const crypto::ConsentQuestion& question) {
  if (!has_code("consent_purpose", question.purpose)) {
    std::string codes;
    for (const auto code : codes_of("consent_purpose")) codes += " " + std::string(code);
    return problem(EX_DATAERR,
                   "there is no purpose '" + question.purpose + "'; the vocabulary has:" + codes);
  }
  if (question.recipient.empty()) {
    return problem(EX_DATAERR, "consent is for one recipient: name it");
  }
  if (question.fields.empty()) {
    return problem(EX_DATAERR, "consent is for named fields: name at least one");
  }
  return {};
}

}  // namespace

Outcome<crypto::ConsentId> ask_consent(Casework& casework, const crypto::CaseId& subject,
                                       crypto::ConsentQuestion question, const std::string& text,
                                       bool urgent) {
  if (const auto fine = check(question); !fine) return pass_on(fine.error());
  question.id = crypto::random_id<crypto::ConsentId>();
  const auto id = question.id;
  const auto replied = casework.reply(
      subject, {crypto::ReplyStatus::consent, urgent, {}, text, std::move(question)});
  if (!replied) return pass_on(replied.error());
  return id;
}

Outcome<crypto::ConsentId> record_consent(Casework& casework, const crypto::CaseId& subject,
                                          crypto::ConsentRecorded answer) {
  if (answer.question.id.is_zero()) {
    if (const auto fine = check(answer.question); !fine) return pass_on(fine.error());
    answer.question.id = crypto::random_id<crypto::ConsentId>();
  } else {
    const auto* asked = casework.consents().find(subject, answer.question.id);
    if (asked == nullptr) {
      return problem(EX_NOINPUT, "nobody asked that in this case: see 'consent' for the numbers");
    }
    answer.question = asked->question;
  }
  const auto id = answer.question.id;
  const auto done = casework.append(crypto::EventKind::consent, subject, [&]() -> Outcome<Content> {
    return Content{crypto::encode(answer)};
  });
  if (!done) return pass_on(done.error());
  const auto* entry = casework.consents().find(subject, id);
  if (entry == nullptr || !entry->stand || entry->stand->choice != answer.choice) {
    return problem(EX_NOPERM,
                   "it is recorded, but what was said later, or in the same hour, stands: see "
                   "'consent'. In doubt ask again");
  }
  return id;
}

}  // namespace meldpunt::client
