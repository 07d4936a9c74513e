#include "client/lib/case_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/clean_text.h"
#include "client/lib/enclosures.h"
#include "client/lib/escalation_words.h"
#include "client/lib/release_terms.h"
#include "client/lib/word_lists.h"
#include "crypto/text.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> report_kinds{"report",         "message", "advice",
                                                       "consent_answer", "erase",   "part"};
constexpr std::array<std::string_view, 7> status_names{
    "read", "answer", "question", "working", "handed_over", "closed", "consent"};

json json_of_enclosed(const std::vector<Enclosure>& enclosures) {
  json list = json::array();
  for (const Enclosure& enclosure : enclosures) {
    list.push_back({{"kind", enclosure.kind == crypto::PartsKind::image ? "image" : "text"},
                    {"bytes", enclosure.size},
                    {"parts", enclosure.parts},
                    {"missing", enclosure.missing},
                    {"complete", enclosure.whole.size() > 0}});
  }
  return list;
}

// Adds text and fields of a report's body.
struct TellBody {
  json& object;
  const std::vector<StoryEntry>& story;

  void operator()(const crypto::Statement& statement) const {
    json answers = json::object();
    for (const crypto::Answer& answer : statement.answers) answers[answer.question] = answer.codes;
    object["language"] = statement.language;
    object["answers"] = std::move(answers);
    object["text"] = whole_text(statement, story);
    object["enclosed"] = json_of_enclosed(enclosures_of(statement, story));
  }
  void operator()(const crypto::ConsentAnswer& answer) const {
    object["question"] = hexadecimal(answer.question.view());
    object["choice"] = name_of(answer.choice);
    object["text"] = answer.text;
  }
  void operator()(const crypto::EraseRequest& request) const { object["text"] = request.text; }
  void operator()(const crypto::Part& part) const {
    object["manifest"] = hexadecimal(part.manifest.view());
    object["index"] = part.index;
    object["bytes"] = part.bytes.size();
  }
};

struct TellEntry {
  json& object;
  const std::vector<StoryEntry>& story;

  void operator()(const StoryReport& report) const {
    object["what"] = "report";
    object["report"] = hexadecimal(report.report.id.view());
    object["kind"] = name_of(report.report.kind);
    object["continues"] = report.continues;
    if (report.report.last_reply_read != crypto::no_reply_read) {
      object["last_reply_read"] = report.report.last_reply_read;
    }
    std::visit(TellBody{object, story}, report.report.body);
  }
  void operator()(const StoryReply& shown) const {
    object["what"] = "reply";
    object["index"] = shown.reply.index;
    object["status"] = name_of_status(shown.reply.status);
    object["urgent"] = shown.reply.urgent;
    object["posted"] = shown.posted;
    object["expires"] = hour_in_words(shown.reply.expires);
    object["text_module"] = shown.reply.text_module;
    object["text"] = shown.reply.text;
    if (!shown.reply.consent) return;
    const crypto::ConsentQuestion& question = *shown.reply.consent;
    object["consent"] = {{"number", hexadecimal(question.id.view())},
                         {"recipient", question.recipient},
                         {"purpose", question.purpose},
                         {"fields", question.fields}};
  }
  void operator()(const StoryNote& note) const {
    object["what"] = "note";
    object["text"] = note.text;
  }
};

json json_of_basis(const crypto::Escalation& escalation, const RosterHistory& rosters) {
  if (const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis)) {
    return {{"consent", hexadecimal(consent->id.view())},
            {"how", name_of(consent->how)},
            {"given", hour_in_words(consent->hour)}};
  }
  const auto& without = std::get<crypto::Override>(escalation.basis);
  json object{{"legal_ground", without.legal_ground}, {"reason", without.reason}};
  if (without.review_by) object["review_by"] = hour_in_words(*without.review_by);
  if (escalation.second) object["second"] = rosters.name_of(escalation.second->device);
  return object;
}

}  // namespace

std::string_view name_of(crypto::ReportKind kind) {
  return report_kinds.at(static_cast<std::size_t>(kind) - 1);
}

std::string_view name_of_status(crypto::ReplyStatus status) {
  return status_names.at(static_cast<std::size_t>(status) - 1);
}

std::size_t unposted(const Case& entry) {
  return static_cast<std::size_t>(std::ranges::count_if(
      entry.replies, [](const ReplyEntry& reply) { return !reply.posted && !reply.superseded; }));
}

// What follows did, unlike the report's own text, not go through a check when it was opened:
// anything but text is left out.
std::string whole_text(const crypto::Statement& statement, const std::vector<StoryEntry>& story) {
  std::string text = statement.text;
  for (const Enclosure& enclosure : enclosures_of(statement, story)) {
    if (enclosure.kind != crypto::PartsKind::text) continue;
    const std::string rest = clean_text(crypto::as_text(enclosure.whole.view()));
    if (crypto::is_text(crypto::as_bytes(rest))) text += rest;
  }
  return text;
}

json json_of(const Case& entry, const Casework& casework) {
  return {{"case", hexadecimal(entry.id.view())},
          {"name", case_name(entry.id, english_words())},
          {"readable", entry.readable},
          {"acute", entry.acute},
          {"minor", entry.minor},
          {"since", hour_in_words(entry.oldest)},
          {"reports", entry.reports.size()},
          {"doubtful_reports", std::ranges::count(entry.reports, false, &ReportEntry::continues)},
          {"replies", entry.replies.size()},
          {"replies_waiting", unposted(entry)},
          {"notes", entry.notes.size()},
          {"waits_for_answer", entry.waits_for_answer()},
          {"assigned",
           entry.assigned.is_zero() ? std::string() : casework.rosters().name_of(entry.assigned)}};
}

json json_of(const StoryEntry& told, const std::vector<StoryEntry>& story,
             const RosterHistory& rosters) {
  json object{{"position", told.position},
              {"hour", hour_in_words(told.hour)},
              {"device", rosters.name_of(told.device)}};
  std::visit(TellEntry{object, story}, told.what);
  return object;
}

json json_of(const ConsentEntry& entry) {
  json object{{"number", hexadecimal(entry.question.id.view())},
              {"recipient", entry.question.recipient},
              {"purpose", entry.question.purpose},
              {"fields", entry.question.fields},
              {"asked_in_thread", entry.asked != 0}};
  if (!entry.stand) return object;
  object["stands"] = name_of(entry.stand->choice);
  object["how"] = name_of(entry.stand->how);
  object["when"] = hour_in_words(entry.stand->hour);
  return object;
}

json json_of(const crypto::Escalation& escalation, const RosterHistory& rosters) {
  json fields = json::object();
  for (const auto& field : escalation.fields) fields[field.code] = field.value;
  return {{"escalation", hexadecimal(escalation.id.view())},
          {"recipient", escalation.recipient},
          {"reference", hexadecimal(escalation.reference.view())},
          {"name", name_at_partner(escalation.reference.bytes, english_words())},
          {"purpose", escalation.purpose},
          {"sender", rosters.name_of(escalation.sender.device)},
          {"hour", hour_in_words(escalation.hour)},
          {"valid_until", hour_in_words(escalation.valid_until)},
          {"answer_by", hour_in_words(escalation.answer_by)},
          {"journal", five_words(escalation.journal_head, english_words())},
          {"basis", json_of_basis(escalation, rosters)},
          {"fields", fields}};
}

json json_of(const crypto::Escalation& escalation, const EscalationEntry& entry,
             const std::vector<crypto::EscalationAnswer>& answers, const RosterHistory& rosters,
             crypto::Hour now) {
  json object = json_of(escalation, rosters);
  object["state"] = state_of(entry, now);
  object["answers"] = json_of(answers, rosters);
  return object;
}

json json_of(const std::vector<crypto::EscalationAnswer>& answers, const RosterHistory& rosters) {
  json list = json::array();
  for (const crypto::EscalationAnswer& answer : answers) {
    list.push_back({{"said", name_of(answer.said)},
                    {"device", rosters.name_of(answer.signer.device)},
                    {"hour", hour_in_words(answer.hour)},
                    {"text", answer.text}});
  }
  return list;
}

json json_of(const crypto::ToCountersign& request, const RosterHistory& rosters) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    return json_of(*escalation, rosters);
  }
  if (const auto* closing = std::get_if<crypto::ClosingToSign>(&request)) {
    json object = json::parse(closing->closing, nullptr, false);
    if (!object.is_object()) object = {{"remark", closing->closing}};
    object["close"] = hexadecimal(closing->subject.view());
    object["name"] = case_name(closing->subject, english_words());
    object["proposed_by"] = rosters.name_of(closing->first);
    return object;
  }
  if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    json object = json_of(*proposal);
    object["proposed_by"] = rosters.name_of(proposal->device);
    return object;
  }
  const auto& erasure = std::get<crypto::ErasureToSign>(request);
  const std::vector<crypto::Strike>& strikes = erasure.proposal.strikes;
  nlohmann::json object{
      {strikes.empty() ? "erase" : "strike_from", hexadecimal(erasure.subject.view())},
      {"name", case_name(erasure.subject, english_words())},
      {"reason", erasure.proposal.reason},
      {"proposed_by", rosters.name_of(erasure.proposal.first.device)}};
  for (const crypto::Strike& strike : strikes) {
    object["strikes"].push_back({{"position", strike.position}, {"instead", strike.instead}});
  }
  return object;
}

Outcome<std::vector<crypto::EscalationAnswer>> read_answers(Casework& casework,
                                                            const EscalationEntry& entry) {
  std::vector<crypto::EscalationAnswer> answers;
  for (const AnswerEntry& answer : entry.answers) {
    const auto content = casework.content_of(answer.position, entry.subject);
    if (!content) return pass_on(content.error());
    const auto received = crypto::decode_answer_received(content->view());
    if (!received) return problem(EX_DATAERR, "a partner's answer", received.error());
    auto said = crypto::decode_answer(received->answer.view());
    if (!said) return problem(EX_DATAERR, "a partner's answer", said.error());
    answers.push_back(std::move(*said));
  }
  return answers;
}

}  // namespace meldpunt::client
