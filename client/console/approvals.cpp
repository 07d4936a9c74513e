#include "client/console/approvals.h"

#include <nlohmann/json.hpp>

#include "client/lib/case_json.h"
#include "client/lib/case_words.h"
#include "client/lib/recording.h"
#include "client/lib/word_lists.h"
#include "client/record/record_json.h"

namespace meldpunt::console {

namespace {

using client::Casework;
using nlohmann::json;

crypto::CaseId case_of(const Casework& casework, const crypto::ToCountersign& request) {
  if (const auto* erasure = std::get_if<crypto::ErasureToSign>(&request)) return erasure->subject;
  const auto* entry = casework.escalations().find(std::get<crypto::Escalation>(request).id);
  return entry == nullptr ? crypto::CaseId{} : entry->subject;
}

bool is_striking(const crypto::ToCountersign& request) {
  const auto* erasure = std::get_if<crypto::ErasureToSign>(&request);
  return erasure != nullptr && !erasure->proposal.strikes.empty();
}

std::string kind_of_request(const crypto::ToCountersign& request) {
  if (is_striking(request)) return "striking";
  return std::holds_alternative<crypto::Escalation>(request) ? "escalation" : "erasure";
}

std::string sentence_about(const crypto::ToCountersign& request) {
  const auto* escalation = std::get_if<crypto::Escalation>(&request);
  if (escalation == nullptr) {
    return is_striking(request) ? "Something is to be struck from the case for ever."
                                : "The case is to be erased for ever.";
  }
  const auto* without = std::get_if<crypto::Override>(&escalation->basis);
  if (without != nullptr && without->review_by) {
    return "It was sent to " + escalation->recipient +
           " without consent, in haste. A second person reviews it.";
  }
  return "It goes to " + escalation->recipient + " without consent when a second person signs.";
}

json json_of_waiting(const Casework& casework, const crypto::ToCountersign& request) {
  const auto proposer = client::proposer_of(request);
  const auto subject = case_of(casework, request);
  return {{"id", id_in_approvals(request)},
          {"kind", kind_of_request(request)},
          {"case", client::hexadecimal(subject.view())},
          {"name", client::case_name(subject, client::english_words())},
          {"proposer", casework.rosters().name_of(proposer)},
          {"sentence", sentence_about(request)},
          {"own", proposer == casework.home().keys().id},
          {"detail", client::json_of(request, casework.rosters())}};
}

json json_of_closing(const Casework& casework, const crypto::CaseId& subject) {
  const record::CaseRecord& file = casework.files().of(subject);
  const record::Version& closing = file.one("closing")->now();
  return {{"id", std::string(closing_prefix) + client::hexadecimal(subject.view())},
          {"kind", "closing"},
          {"case", client::hexadecimal(subject.view())},
          {"name", client::case_name(subject, client::english_words())},
          {"proposer", casework.rosters().name_of(closing.device)},
          {"sentence", "The case of a minor is to be closed. A second person confirms it."},
          {"own", closing.device == casework.home().keys().id},
          {"detail", record::json_of(closing.fields)}};
}

}  // namespace

std::string id_in_approvals(const crypto::ToCountersign& request) {
  if (const auto* erasure = std::get_if<crypto::ErasureToSign>(&request)) {
    return client::hexadecimal(erasure->subject.view());
  }
  return client::hexadecimal(std::get<crypto::Escalation>(request).id.view());
}

client::Outcome<json> approvals_of(Casework& casework) {
  const auto waiting = client::waiting_for_second(casework);
  if (!waiting) return client::pass_on(waiting.error());
  json list = json::array();
  for (const auto& request : *waiting) list.push_back(json_of_waiting(casework, request));
  for (const auto& [id, entry] : casework.index().cases()) {
    if (entry.readable && client::state_of(casework, id).closing_waits_for_second) {
      list.push_back(json_of_closing(casework, id));
    }
  }
  return list;
}

}  // namespace meldpunt::console
