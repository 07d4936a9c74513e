#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/handover.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/terms.h"
#include "client/lib/vocabulary.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_reason = std::size_t{64} * 1024;
// JSON may write a letter three times as long as it is.
constexpr std::size_t longest_values = 4 * crypto::escalation_max;
constexpr std::uint64_t longest_wait_days = 26 * 7;

constexpr std::array escalate_own_options{
    config::Option{"to", config::Type::text, "", "The partner's code, for example KADERA."},
    config::Option{"purpose", config::Type::text, "",
                   "What for: a consent purpose of the vocabulary, for example REFER."},
    config::Option{"field", config::Type::list, "",
                   "A field to share; give it once for each. Its value is the case's own unless "
                   "--values names one."},
    config::Option{"values", config::Type::path, "",
                   "A file with a JSON object of field: value, or - for standard input."},
    config::Option{"preview", config::Type::flag, "", "Show what would be sent, and send nothing."},
    config::Option{"yes", config::Type::flag, "", "Send without asking, for a script."},
    config::Option{"override-reason", config::Type::path, "",
                   "Without consent: read the reason from this file, or - for standard input."},
    config::Option{"legal-ground", config::Type::text, "",
                   "Without consent: the code of the legal ground, of your organisation's list."},
    config::Option{
        "in-haste", config::Type::flag, "",
        "Without consent and without a second person: send now, review within 72 hours."},
    config::Option{"answer-within", config::Type::number, "",
                   "Days for the partner's answer; without it the region's term (see 'terms')."},
    config::Option{"valid-for", config::Type::number, "30",
                   "Days in which the partner's device takes it in."},
};

constexpr std::array own_withdraw_options{
    config::Option{"escalation", config::Type::text, "",
                   "Withdraw this one only; otherwise all of the case whose consent is gone."},
    config::Option{"all", config::Type::flag, "", "Withdraw every escalation of the case."},
};

Outcome<nlohmann::json> written_values(Call& call) {
  if (!call.options.has("values")) return nlohmann::json::object();
  const auto text = call.terminal.read_input(call.options.text("values"), longest_values);
  if (!text) return pass_on(text.error());
  auto values = nlohmann::json::parse(*text, nullptr, false);
  const bool fine = values.is_object() && std::ranges::all_of(values, [](const auto& value) {
                      return value.is_string();
                    });
  if (!fine) return problem(EX_DATAERR, "--values holds one JSON object of field: text.");
  return values;
}

// From --values, from the case, or asked for.
Outcome<std::string> value_of(Call& call, Casework& casework, const crypto::CaseId& subject,
                              const std::string& field, const nlohmann::json& values) {
  if (values.contains(field)) return values.at(field).get<std::string>();
  auto value = value_in_case(casework, subject, field);
  if (!value || !value->empty()) return value;
  if (call.terminal.interactive()) {
    value = call.terminal.ask(field + " (" + label_of_field(field, LabelLanguage::english) + "): ")
                .value_or("");
  }
  if (value->empty()) {
    return problem(EX_NOINPUT,
                   "The case has no " + field + ": write it into the file of --values.");
  }
  return value;
}

Outcome<void> read_fields(Call& call, Casework& casework, const crypto::CaseId& subject,
                          EscalationDraft& draft) {
  const auto values = written_values(call);
  if (!values) return pass_on(values.error());
  const auto fields = call.options.list("field");
  for (const std::string& field : fields) {
    auto value = value_of(call, casework, subject, field, *values);
    if (!value) return pass_on(value.error());
    draft.fields.push_back({field, std::move(*value)});
  }
  for (const auto& [field, value] : values->items()) {
    if (std::ranges::find(fields, field) == fields.end()) {
      return problem(EX_USAGE, "--values has " + field +
                                   ", which no --field names: nothing is sent "
                                   "that was not chosen.");
    }
  }
  return {};
}

Outcome<void> read_override(Call& call, EscalationDraft& draft) {
  const bool reason = call.options.has("override-reason");
  if (!reason && !call.options.has("legal-ground") && !call.options.flag("in-haste")) return {};
  if (!reason || !call.options.has("legal-ground")) {
    return problem(EX_USAGE,
                   "Without consent both are needed: --override-reason and "
                   "--legal-ground.");
  }
  auto text = text_option(call, "override-reason", longest_reason);
  if (!text) return pass_on(text.error());
  draft.without_consent = crypto::Override{call.options.text("legal-ground"), std::move(*text), {}};
  draft.in_haste = call.options.flag("in-haste");
  return {};
}

Outcome<EscalationDraft> draft_of(Call& call, const Terms& terms, Casework& casework,
                                  const crypto::CaseId& subject) {
  EscalationDraft draft;
  draft.recipient = call.options.text("to");
  draft.purpose = call.options.text("purpose");
  if (draft.recipient.empty() || call.options.list("field").empty() ||
      !has_code("consent_purpose", draft.purpose)) {
    return problem(EX_USAGE,
                   "It needs --to PARTNER, --purpose (a consent purpose of the vocabulary) and at "
                   "least one --field.");
  }
  const auto days = [&](const char* option) {
    return static_cast<crypto::Hour>(
        24 * std::clamp<std::uint64_t>(call.options.number(option), 1, longest_wait_days));
  };
  if (call.options.has("answer-within")) {
    draft.answer_within = days("answer-within");
  } else if (const auto by = terms.end_of("partner_answer", casework.hour())) {
    draft.answer_within = *by - casework.hour();
  }
  draft.valid_for = days("valid-for");
  if (const auto read = read_override(call, draft); !read) return pass_on(read.error());
  if (const auto read = read_fields(call, casework, subject, draft); !read) {
    return pass_on(read.error());
  }
  return draft;
}

void tell_fate(Call& call, const crypto::Escalation& escalation, const EscalationEntry& entry) {
  const auto* without = std::get_if<crypto::Override>(&escalation.basis);
  if (without != nullptr && without->review_by) {
    call.terminal.complain(
        "SENT WITHOUT CONSENT AND BY ONE PERSON. A second person must review it "
        "until " +
        hour_in_words(*without->review_by) + ": see 'tasks'.");
  } else if (escalation.needs_second()) {
    call.terminal.say(
        "It is proposed. It goes when a second person has signed it: an approver, or "
        "a colleague with 'countersign'.");
  } else {
    call.terminal.say("It is sent to " + escalation.recipient + ", who has until " +
                      hour_in_words(escalation.answer_by) + " to answer.");
  }
  call.terminal.print({{"event", "escalated"},
                       {"case", hexadecimal(entry.subject.view())},
                       {"escalation", hexadecimal(escalation.id.view())},
                       {"state", state_of(entry, escalation.hour)}});
}

// The escalations that 'withdraw' means.
Outcome<std::vector<crypto::EscalationId>> to_withdraw(Call& call, const Casework& casework,
                                                       const crypto::CaseId& subject) {
  crypto::EscalationId only;
  if (call.options.has("escalation") &&
      !crypto::from_hexadecimal(call.options.text("escalation"), only.fill())) {
    return problem(EX_USAGE, "--escalation takes the number that 'case' shows.");
  }
  std::vector<crypto::EscalationId> chosen;
  for (const auto& [id, entry] : casework.escalations().all()) {
    if (entry.subject != subject || entry.withdrawn != 0) continue;
    const auto* consent =
        entry.consent ? casework.consents().find(subject, *entry.consent) : nullptr;
    const bool gone = consent != nullptr && consent->stand &&
                      consent->stand->choice != crypto::ConsentChoice::given;
    const bool meant = only.is_zero() ? gone || call.options.flag("all") : id == only;
    if (meant) chosen.push_back(id);
  }
  if (chosen.empty()) {
    return problem(
        EX_NOINPUT,
        "There is nothing to withdraw: no escalation of this case whose consent is gone. "
        "To withdraw one all the same, name it with --escalation, or all with --all.");
  }
  return chosen;
}

}  // namespace

config::Table escalate_options() {
  static constexpr auto all = config::join(staff_options, escalate_own_options);
  return all;
}

config::Table withdraw_options() {
  static constexpr auto all = config::join(staff_options, text_options, own_withdraw_options);
  return all;
}

Outcome<void> escalate(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  const auto terms = Terms::of_home((*staff)->home.path());
  if (!terms) return pass_on(terms.error());
  const auto draft = draft_of(call, *terms, casework, *subject);
  if (!draft) return pass_on(draft.error());
  const crypto::Hour now = hour_of(call.clock.now());
  const auto escalation = prepare_escalation(casework, *subject, *draft, now);
  if (!escalation) return pass_on(escalation.error());
  call.terminal.say("Exactly this goes to " + escalation->recipient + ", and nothing else:\n");
  show(call.terminal, *escalation, casework.rosters());
  auto preview = json_of(*escalation, casework.rosters());
  preview["event"] = "preview";
  call.terminal.print(preview);
  if (call.options.flag("preview")) return {};
  const auto yes = confirmed(call, "Send it? It cannot be unsent.");
  if (!yes) return pass_on(yes.error());
  if (!*yes) return problem(EX_OK, "Nothing was sent.");
  if (auto done = commit_escalation(casework, *subject, *escalation); !done) return done;
  const auto carried = carry(casework, (*staff)->line, now);
  if (!carried) return pass_on(carried.error());
  tell_fate(call, *escalation, *casework.escalations().find(escalation->id));
  return {};
}

Outcome<void> withdraw(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = named_case(call, casework);
  if (!subject) return pass_on(subject.error());
  const auto chosen = to_withdraw(call, casework, *subject);
  if (!chosen) return pass_on(chosen.error());
  std::string text;
  if (call.options.has("text-file")) {
    auto read = read_text(call, "");
    if (!read) return pass_on(read.error());
    text = std::move(*read);
  }
  const crypto::Hour now = hour_of(call.clock.now());
  for (const auto& id : *chosen) {
    if (auto done = withdraw_escalation(casework, id, text, now); !done) return done;
  }
  const auto carried = carry(casework, (*staff)->line, now);
  if (!carried) return pass_on(carried.error());
  call.terminal.say(
      std::to_string(chosen->size()) +
      " withdrawn. Nothing more goes under it, and the partner is told. What they have "
      "read cannot be unsent: ask them what they did with it.");
  call.terminal.print({{"event", "withdrawn"},
                       {"case", hexadecimal(subject->view())},
                       {"escalations", chosen->size()}});
  return {};
}

}  // namespace meldpunt::client
