#include "client/console/handover_deeds.h"

#include <algorithm>
#include <array>

#include "client/console/approvals.h"
#include "client/lib/case_json.h"
#include "client/lib/consenting.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/recording.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

crypto::ConsentQuestion question_of(const Wish& wish) {
  return {{}, wish.text("recipient"), wish.text("purpose"), wish.texts("fields")};
}

template <std::size_t Size, class Choice>
const Choice* chosen_of(const std::array<Choice, Size>& all, const std::string& name) {
  const auto* const found =
      std::ranges::find(all, name, [](Choice each) { return client::name_of(each); });
  return found == all.end() ? nullptr : &*found;
}

// A field without a text has the case's own value.
Outcome<void> read_fields(Workplace& place, const Wish& wish, const crypto::CaseId& subject,
                          client::EscalationDraft& draft) {
  for (auto& [field, text] : wish.pairs("fields")) {
    if (!text.empty()) {
      draft.fields.push_back({field, text});
      continue;
    }
    auto value = client::value_in_case(place.casework(), subject, field);
    if (!value) return pass_on(value.error());
    if (value->empty()) {
      return problem(EX_NOINPUT, "The case says nothing about \"" +
                                     client::label_of_field(field, client::LabelLanguage::english) +
                                     "\". Write it, or leave the field out.");
    }
    draft.fields.push_back({field, std::move(*value)});
  }
  if (draft.fields.empty()) return problem(EX_USAGE, "Choose at least one field to share.");
  return {};
}

Outcome<client::EscalationDraft> draft_of(Workplace& place, const Wish& wish,
                                          const crypto::CaseId& subject) {
  client::EscalationDraft draft;
  const auto answered = place.terms.end_of("partner_answer", place.hour());
  if (answered) draft.answer_within = *answered - place.hour();
  draft.recipient = wish.text("recipient");
  draft.purpose = wish.text("purpose");
  if (draft.recipient.empty() || !client::has_code("consent_purpose", draft.purpose)) {
    return problem(EX_USAGE, "Choose the partner, and what it is for.");
  }
  if (const json* without = wish.object("without_consent"); without != nullptr) {
    const Wish basis(*without);
    draft.without_consent = crypto::Override{basis.text("ground"), basis.text("reason"), {}};
    draft.in_haste = basis.flag("in_haste");
  }
  if (const auto read = read_fields(place, wish, subject, draft); !read) {
    return pass_on(read.error());
  }
  return draft;
}

Outcome<json> sent(Workplace& place, const crypto::EscalationId& id) {
  const auto carried = client::carry(place.casework(), place.device.line, place.hour());
  if (!carried) return pass_on(carried.error());
  const auto* entry = place.casework().escalations().find(id);
  return json{{"escalation", client::hexadecimal(id.view())},
              {"state", entry == nullptr ? "" : client::state_of(*entry)}};
}

Outcome<json> confirm_closing(client::Casework& casework, const Wish& wish) {
  crypto::CaseId subject;
  if (!client::from_hexadecimal(wish.text("id").substr(closing_prefix.size()), subject.fill())) {
    return problem(EX_USAGE, "There is no such closing. Load the page anew.");
  }
  const auto done = client::second_closing(casework, subject);
  if (!done) return pass_on(done.error());
  return json::object();
}

}  // namespace

Outcome<json> ask_for_consent(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto id = client::ask_consent(place.casework(), *subject, question_of(wish),
                                      wish.text("text"), wish.flag("urgent"));
  if (!id) return pass_on(id.error());
  return json{{"question", client::hexadecimal(id->view())}};
}

Outcome<json> record_consent(Workplace& place, const Wish& wish) {
  using crypto::ConsentChoice;
  using crypto::ConsentHow;
  static constexpr std::array choices{ConsentChoice::given, ConsentChoice::refused,
                                      ConsentChoice::later, ConsentChoice::withdrawn};
  static constexpr std::array ways{ConsentHow::spoken, ConsentHow::telephone, ConsentHow::written,
                                   ConsentHow::guardian};
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto* choice = chosen_of(choices, wish.text("choice"));
  const auto* how = chosen_of(ways, wish.text("how"));
  if (choice == nullptr || how == nullptr) {
    return problem(EX_USAGE, "Choose what was answered, and how it was said.");
  }
  crypto::ConsentRecorded answer{question_of(wish), *choice, *how, place.hour(), wish.text("text")};
  if (!wish.text("question").empty()) {
    const auto question = wish.id<crypto::ConsentId>("question");
    if (!question) return pass_on(question.error());
    answer.question.id = *question;
  }
  const auto id = client::record_consent(place.casework(), *subject, std::move(answer));
  if (!id) return pass_on(id.error());
  return json{{"question", client::hexadecimal(id->view())}};
}

Outcome<json> prepare_escalation(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto draft = draft_of(place, wish, *subject);
  if (!draft) return pass_on(draft.error());
  auto made = client::prepare_escalation(place.casework(), *subject, *draft, place.hour());
  if (!made) return pass_on(made.error());
  json preview = client::json_of(*made, place.casework().rosters());
  preview["lines"] = client::lines_of(*made, place.casework().rosters());
  preview["needs_second"] = made->needs_second();
  return json{{"preview", std::move(preview)},
              {"ticket", place.tickets.keep({*subject, std::move(*made)})}};
}

Outcome<json> send_escalation(Workplace& place, const Wish& wish) {
  const auto prepared = place.tickets.take(wish.text("ticket"));
  if (!prepared) {
    return problem(EX_NOINPUT, "What was shown is no longer there. Prepare it again, and look.");
  }
  const auto done =
      client::commit_escalation(place.casework(), prepared->subject, prepared->escalation);
  if (!done) return pass_on(done.error());
  return sent(place, prepared->escalation.id);
}

Outcome<json> withdraw_escalation(Workplace& place, const Wish& wish) {
  const auto id = wish.id<crypto::EscalationId>("escalation");
  if (!id) return pass_on(id.error());
  const auto done =
      client::withdraw_escalation(place.casework(), *id, wish.text("text"), place.hour());
  if (!done) return pass_on(done.error());
  return sent(place, *id);
}

Outcome<json> propose_erasure(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const std::string reason = wish.text("reason");
  if (reason.empty()) return problem(EX_USAGE, "Write why: the second person sees it.");
  const auto done = client::propose_erasure(place.casework(), place.device.line, *subject, reason);
  if (!done) return pass_on(done.error());
  const auto asked = client::ask_to_countersign_erasure(place.casework(), place.device.line,
                                                        *subject, place.hour());
  if (!asked) return pass_on(asked.error());
  return json{{"approvers_asked", *asked}};
}

Outcome<json> countersign(Workplace& place, const Wish& wish) {
  client::Casework& casework = place.casework();
  if (wish.text("id").starts_with(closing_prefix)) return confirm_closing(casework, wish);
  const auto waiting = client::waiting_for_second(casework);
  if (!waiting) return pass_on(waiting.error());
  const auto found = std::ranges::find(*waiting, wish.text("id"), id_in_approvals);
  if (found == waiting->end()) {
    return problem(EX_NOINPUT, "This waits no longer: somebody has signed it, or taken it back.");
  }
  const auto& own = place.device.home.keys().id;
  if (client::proposer_of(*found) == own) {
    return problem(EX_NOPERM, "You proposed this. A second person signs it.");
  }
  const auto second = client::sign_second(place.device.home, *found);
  if (!second) return pass_on(second.error());
  const auto outcome = client::take_second(casework, place.device.line, *second, own, place.hour());
  if (!outcome) return pass_on(outcome.error());
  if (*outcome == client::SecondOutcome::outdated) {
    return problem(EX_DATAERR,
                   "The case has changed since. Read what is new, and propose it again.");
  }
  if (*outcome == client::SecondOutcome::not_believed) {
    return problem(EX_NOPERM, "This device may not sign it. Ask your steward.");
  }
  const auto carried = client::carry(casework, place.device.line, place.hour());
  if (!carried) return pass_on(carried.error());
  return json::object();
}

}  // namespace meldpunt::console
