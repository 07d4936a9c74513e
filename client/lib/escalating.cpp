#include "client/lib/escalating.h"

#include <algorithm>

#include "client/lib/own_box.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

std::vector<std::string> codes_in(const std::vector<crypto::SharedField>& fields) {
  std::vector<std::string> codes;
  codes.reserve(fields.size());
  for (const auto& field : fields) codes.push_back(field.code);
  return codes;
}

std::string codes_for(const crypto::Report& report, const std::string& field) {
  std::string value;
  const auto* statement = std::get_if<crypto::Statement>(&report.body);
  if (statement == nullptr) return value;
  for (const crypto::Answer& answer : statement->answers) {
    if (answer.question != field) continue;
    for (const std::string& code : answer.codes) value += (value.empty() ? "" : " ") + code;
  }
  return value;
}

Outcome<crypto::Basis> basis_of(const Casework& casework, const crypto::CaseId& subject,
                                const EscalationDraft& draft, crypto::Hour now) {
  if (draft.without_consent) {
    crypto::Override without = *draft.without_consent;
    if (without.reason.empty() || without.legal_ground.empty()) {
      return problem(
          EX_NOPERM,
          "without consent it needs a reason and a legal ground: write the one, and name "
          "the other");
    }
    if (draft.in_haste) without.review_by = now + review_hours;
    return without;
  }
  const auto* consent = casework.consents().that_allows(subject, draft.purpose, draft.recipient,
                                                        codes_in(draft.fields));
  if (consent == nullptr) {
    return problem(EX_NOPERM,
                   "there is no consent for these fields, this purpose and this partner: ask for "
                   "it with 'consent', share less, or give a reason and a legal ground and have a "
                   "second person sign");
  }
  return crypto::ByConsent{consent->question.id, consent->stand->how, consent->stand->hour};
}

// Asked again each time somebody else was first: consent may have been withdrawn meanwhile.
Outcome<void> still_allowed(const Casework& casework, const crypto::CaseId& subject,
                            const crypto::Escalation& escalation) {
  const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis);
  if (consent == nullptr) return {};
  const auto* allows = casework.consents().that_allows(
      subject, escalation.purpose, escalation.recipient, codes_in(escalation.fields));
  if (allows != nullptr && allows->question.id == consent->id) return {};
  return problem(EX_NOPERM, "the consent no longer stands: nothing was sent. See 'consent'");
}

tl::unexpected<Problem> does_not_fit(crypto::Error error) {
  if (error == crypto::Error::too_long) {
    return problem(EX_DATAERR,
                   "these fields are too long: one field holds at most 65,535 bytes, and all of "
                   "an escalation at most " +
                       std::to_string(crypto::escalation_max) +
                       ". Share less, or what is left in a second escalation");
  }
  return problem(EX_DATAERR,
                 "these fields (codes of letters, digits and . _ : -, values of text, none twice)",
                 error);
}

// A part that somebody wrote before, and was killed.
bool lies_in_journal(const Casework& casework, const crypto::CaseId& subject,
                     const crypto::EscalationStep& step) {
  const auto* part = std::get_if<crypto::Part>(&step);
  return part != nullptr &&
         casework.escalations().parts_of(subject, part->manifest).contains(part->index);
}

}  // namespace

Outcome<std::string> value_in_case(Casework& casework, const crypto::CaseId& subject,
                                   const std::string& field) {
  const auto story = casework.story(subject);
  if (!story) return pass_on(story.error());
  std::string value;
  for (const StoryEntry& told : *story) {
    const auto* report = std::get_if<StoryReport>(&told.what);
    // What does not continue the thread may be somebody else's.
    if (report == nullptr || !report->continues) continue;
    if (auto codes = codes_for(report->report, field); !codes.empty()) value = std::move(codes);
  }
  return value;
}

Outcome<crypto::Escalation> read_escalation(Casework& casework, const EscalationEntry& entry) {
  return casework.escalation_at(entry.written(), entry.subject);
}

Outcome<crypto::Escalation> prepare_escalation(Casework& casework, const crypto::CaseId& subject,
                                               const EscalationDraft& draft, crypto::Hour now) {
  const auto key = casework.key_of(subject);
  if (!key) return pass_on(key.error());
  if (devices_of(casework.rosters(), draft.recipient, crypto::day_of(now)).empty()) {
    return problem(EX_NOINPUT, "no device of a partner '" + draft.recipient +
                                   "' is enrolled: have the steward enrol one in the role partner, "
                                   "under a name that begins with that code");
  }
  auto basis = basis_of(casework, subject, draft, now);
  if (!basis) return pass_on(basis.error());
  const Home& home = casework.home();
  crypto::Escalation made;
  made.id = crypto::random_id<crypto::EscalationId>();
  made.region = home.pin().region;
  made.recipient = draft.recipient;
  made.reference = crypto::case_reference(*key, draft.recipient, made.region);
  // A clock that is behind must not date it before its sender was enrolled.
  made.hour = std::max(now, casework.rosters().newest().issued);
  made.valid_until = made.hour + draft.valid_for;
  made.answer_by = made.hour + draft.answer_within;
  made.journal_head = casework.journal().head();
  made.purpose = draft.purpose;
  made.basis = std::move(*basis);
  made.fields = draft.fields;
  const auto body = crypto::body_of(made);
  if (!body) return does_not_fit(body.error());
  made.sender =
      crypto::sign_escalation(body->view(), home.keys().id, home.keys().signing, made.region);
  // It must fit when a second person has signed it, too.
  crypto::Escalation fullest = made;
  if (made.needs_second()) fullest.second = made.sender;
  if (const auto fits = crypto::encode(fullest); !fits) return does_not_fit(fits.error());
  return made;
}

Outcome<void> journal_escalation(Casework& casework, const crypto::CaseId& subject,
                                 const crypto::Escalation& escalation, crypto::Stage stage,
                                 const std::function<Outcome<bool>()>& wanted) {
  const auto steps = crypto::steps_of(escalation, stage);
  if (!steps) return problem(EX_DATAERR, "an escalation", steps.error());
  for (const crypto::EscalationStep& step : *steps) {
    const auto done =
        casework.append(crypto::EventKind::escalation, subject, [&]() -> Outcome<Content> {
          const auto still = wanted();
          if (!still) return pass_on(still.error());
          if (!*still || lies_in_journal(casework, subject, step)) return Content{};
          return Content{crypto::encode(step)};
        });
    if (!done) return pass_on(done.error());
  }
  return {};
}

Outcome<void> commit_escalation(Casework& casework, const crypto::CaseId& subject,
                                const crypto::Escalation& escalation) {
  const auto stage = escalation.needs_second() ? crypto::Stage::proposed : crypto::Stage::sent;
  return journal_escalation(casework, subject, escalation, stage, [&]() -> Outcome<bool> {
    if (const auto fine = still_allowed(casework, subject, escalation); !fine) {
      return pass_on(fine.error());
    }
    return casework.escalations().find(escalation.id) == nullptr;
  });
}

Outcome<void> withdraw_escalation(Casework& casework, const crypto::EscalationId& id,
                                  const std::string& text, crypto::Hour now) {
  const auto* entry = casework.escalations().find(id);
  if (entry == nullptr) return problem(EX_NOINPUT, "there is no such escalation: see 'case'");
  const crypto::CaseId subject = entry->subject;
  const Home& home = casework.home();
  const auto made = crypto::sign_withdrawal({id, entry->recipient, now, text, {home.keys().id, {}}},
                                            home.keys().signing, home.pin().region);
  if (!made) return problem(EX_DATAERR, "this text", made.error());
  const auto done =
      casework.append(crypto::EventKind::escalation, subject, [&]() -> Outcome<Content> {
        const auto* known = casework.escalations().find(id);
        if (known == nullptr || known->withdrawn != 0) return Content{};
        return Content{crypto::encode(
            crypto::EscalationStep(crypto::Withdrawn{crypto::SecretBuffer::of(made->view())}))};
      });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace meldpunt::client
