#include "client/console/approvals.h"

#include <nlohmann/json.hpp>

#include "client/lib/case_json.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/second_refusals.h"
#include "client/lib/word_lists.h"

namespace meldpunt::console {

namespace {

using client::Casework;
using nlohmann::json;

bool is_striking(const crypto::ToCountersign& request) {
  const auto* erasure = std::get_if<crypto::ErasureToSign>(&request);
  return erasure != nullptr && !erasure->proposal.strikes.empty();
}

std::string kind_of_request(const crypto::ToCountersign& request) {
  if (is_striking(request)) return "striking";
  if (std::holds_alternative<crypto::ClosingToSign>(request)) return "closing";
  if (std::holds_alternative<crypto::ReleaseProposal>(request)) return "release";
  return std::holds_alternative<crypto::Escalation>(request) ? "escalation" : "erasure";
}

std::string sentence_about(const crypto::ToCountersign& request) {
  if (std::holds_alternative<crypto::ClosingToSign>(request)) {
    return "The case of a minor is to be closed. A second person confirms it.";
  }
  if (std::holds_alternative<crypto::ReleaseProposal>(request)) {
    return "Figures of a period are to be released. A second person signs their terms.";
  }
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

// Zero for an escalation: who is asked to sign one knows no case. A release concerns none.
crypto::CaseId case_named(const crypto::ToCountersign& request) {
  if (const auto* erasure = std::get_if<crypto::ErasureToSign>(&request)) return erasure->subject;
  const auto* closing = std::get_if<crypto::ClosingToSign>(&request);
  return closing == nullptr ? crypto::CaseId{} : closing->subject;
}

std::string name_of_request(const crypto::ToCountersign& request) {
  if (const auto* proposal = std::get_if<crypto::ReleaseProposal>(&request)) {
    return trends::name_of(trends::Period{proposal->first, proposal->last});
  }
  const auto* escalation = std::get_if<crypto::Escalation>(&request);
  return escalation == nullptr
             ? client::case_name(case_named(request), client::english_words())
             : client::name_at_partner(escalation->reference.bytes, client::english_words());
}

json refusals_of_request(const Casework& casework, const crypto::CaseId& subject,
                         const crypto::ToCountersign& request) {
  json list = json::array();
  for (const auto& each : client::refusals_of(casework, subject)) {
    if (!client::is_answer_to(each.refusal, request)) continue;
    list.push_back({{"by", each.by},
                    {"reason", each.refusal.reason},
                    {"hour", client::hour_in_words(each.hour)}});
  }
  return list;
}

// Here the case is known, and who said no before.
json json_of_waiting(const Casework& casework, const crypto::ToCountersign& request) {
  crypto::CaseId subject = case_named(request);
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    const auto* entry = casework.escalations().find(escalation->id);
    if (entry != nullptr) subject = entry->subject;
  }
  json object = json_of_request(request, casework.rosters(), casework.home().keys().id);
  if (subject.is_zero()) return object;
  object["case"] = client::hexadecimal(subject.view());
  object["name"] = client::case_name(subject, client::english_words());
  object["refusals"] = refusals_of_request(casework, subject, request);
  return object;
}

}  // namespace

json json_of_request(const crypto::ToCountersign& request, const client::RosterHistory& rosters,
                     const crypto::DeviceId& self) {
  const auto proposer = client::proposer_of(request);
  const auto subject = case_named(request);
  return {{"id", id_in_approvals(request)},
          {"kind", kind_of_request(request)},
          {"case", client::hexadecimal(subject.view())},
          {"name", name_of_request(request)},
          {"proposer", rosters.name_of(proposer)},
          {"sentence", sentence_about(request)},
          {"own", proposer == self},
          {"refusals", json::array()},
          {"detail", client::json_of(request, rosters)}};
}

std::string id_in_approvals(const crypto::ToCountersign& request) {
  if (const auto* escalation = std::get_if<crypto::Escalation>(&request)) {
    return client::hexadecimal(escalation->id.view());
  }
  if (std::holds_alternative<crypto::ReleaseProposal>(request)) {
    return "release-" + client::hexadecimal(client::answered_by_second(request).id);
  }
  const std::string version = std::to_string(client::answered_by_second(request).version);
  return (std::holds_alternative<crypto::ClosingToSign>(request) ? "closing-" : "erasure-") +
         client::hexadecimal(case_named(request).view()) + "-" + version;
}

client::Outcome<json> approvals_of(Casework& casework) {
  const auto waiting = client::waiting_for_second(casework);
  if (!waiting) return client::pass_on(waiting.error());
  json list = json::array();
  for (const auto& request : *waiting) list.push_back(json_of_waiting(casework, request));
  return list;
}

}  // namespace meldpunt::console
