#include "client/console/handover_deeds.h"

#include <algorithm>
#include <array>

#include "client/console/approvals.h"
#include "client/lib/case_json.h"
#include "client/lib/consenting.h"
#include "client/lib/countersigning.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/second_refusals.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

constexpr std::uint64_t longest_wait_days = std::uint64_t{26} * 7;

crypto::ConsentQuestion question_of(const Wish& wish) {
  return {{}, wish.text("recipient"), wish.text("purpose"), wish.texts("fields")};
}

template <std::size_t Size, class Choice>
const Choice* chosen_of(const std::array<Choice, Size>& all, const std::string& name) {
  const auto* const found =
      std::ranges::find(all, name, [](Choice each) { return client::name_of(each); });
  return found == all.end() ? nullptr : &*found;
}

// Days, as long as the device that answers lasts at most; `otherwise` hours where none are named.
Outcome<crypto::Hour> hours_of(const Wish& wish, const char* name, crypto::Hour otherwise) {
  const std::uint64_t days = wish.number(name);
  if (days > longest_wait_days) {
    return problem(EX_USAGE, "Choose at most " + std::to_string(longest_wait_days) + " days.");
  }
  return days == 0 ? otherwise : static_cast<crypto::Hour>(days * 24);
}

Outcome<void> read_times(const Wish& wish, client::EscalationDraft& draft) {
  const auto valid = hours_of(wish, "valid_for", draft.valid_for);
  if (!valid) return pass_on(valid.error());
  const auto answer = hours_of(wish, "answer_within", std::min(draft.answer_within, *valid));
  if (!answer) return pass_on(answer.error());
  if (*answer > *valid) {
    return problem(EX_USAGE, "It would lapse before an answer is wanted. Let it stand longer.");
  }
  draft.valid_for = *valid;
  draft.answer_within = *answer;
  return {};
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
  if (const auto read = read_times(wish, draft); !read) return pass_on(read.error());
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
              {"state", entry == nullptr ? "" : client::state_of(*entry, place.hour())}};
}

// By the id that the approvals screen knows; never one's own.
Outcome<crypto::ToCountersign> waiting_for_me(Workplace& place, const Wish& wish) {
  auto waiting = client::waiting_for_second(place.casework());
  if (!waiting) return pass_on(waiting.error());
  const auto found = std::ranges::find(*waiting, wish.text("id"), id_in_approvals);
  if (found == waiting->end()) {
    return problem(EX_NOINPUT, "This waits no longer: somebody has signed it, or taken it back.");
  }
  if (client::proposer_of(*found) == place.device.home.keys().id) {
    return problem(EX_NOPERM, "You proposed this. A second person signs it.");
  }
  return std::move(*found);
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
  const auto request = waiting_for_me(place, wish);
  if (!request) return pass_on(request.error());
  const auto& own = place.device.home.keys().id;
  const auto second = client::sign_second(place.device.home, *request);
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

Outcome<json> decline(Workplace& place, const Wish& wish) {
  const auto request = waiting_for_me(place, wish);
  if (!request) return pass_on(request.error());
  const auto refusal = client::refuse_second(*request, wish.text("reason"));
  if (!refusal) return pass_on(refusal.error());
  const auto done = client::file_refusal(place.casework(), *refusal, place.device.home.keys().id,
                                         crypto::random_id<record::ChangeId>());
  if (!done) return pass_on(done.error());
  return json::object();
}

}  // namespace meldpunt::console
