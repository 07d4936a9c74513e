#include "client/lib/escalations.h"

#include <algorithm>

namespace meldpunt::client {

const AnswerEntry* EscalationEntry::last_answer() const {
  const auto last = std::find_if(answers.rbegin(), answers.rend(),
                                 [](const AnswerEntry& answer) { return decides(answer.said); });
  return last == answers.rend() ? nullptr : &*last;
}

std::string_view name_of(crypto::Said said) {
  static constexpr std::array<std::string_view, crypto::said_kinds> names{
      "received", "accepted", "refused", "done", "printed"};
  return names.at(static_cast<std::size_t>(said) - 1);
}

std::string_view state_of(const EscalationEntry& entry, crypto::Hour now) {
  if (entry.withdrawn != 0) return "withdrawn";
  if (entry.sent == 0) return "proposed";
  if (const AnswerEntry* last = entry.last_answer()) return name_of(last->said);
  if (entry.lapsed(now)) return "lapsed";
  if (!entry.answers.empty()) return "received";
  return entry.has_carried(crypto::Carried::escalation) ? "sent" : "to be sent";
}

// An id belongs to the case that first used it.
EscalationEntry* Escalations::known(const crypto::EscalationId& id, const crypto::CaseId& subject) {
  const auto found = entries_.find(id);
  return found == entries_.end() || found->second.subject != subject ? nullptr : &found->second;
}

EscalationEntry& Escalations::entry_of(const crypto::CaseId& subject,
                                       const crypto::Escalation& escalation) {
  EscalationEntry& entry = entries_[escalation.id];
  entry.id = escalation.id;
  entry.subject = subject;
  entry.recipient = escalation.recipient;
  entry.purpose = escalation.purpose;
  entry.fields.clear();
  for (const auto& field : escalation.fields) entry.fields.push_back(field.code);
  if (const auto* consent = std::get_if<crypto::ByConsent>(&escalation.basis)) {
    entry.consent = consent->id;
  } else {
    entry.review_by = std::get<crypto::Override>(escalation.basis).review_by;
  }
  entry.hour = escalation.hour;
  entry.valid_until = escalation.valid_until;
  entry.answer_by = escalation.answer_by;
  entry.sender = escalation.sender.device;
  if (escalation.second) entry.second = escalation.second->device;
  return entry;
}

void Escalations::step(Position position, const crypto::CaseId& subject,
                       const crypto::EscalationStep& step) {
  std::visit([&](const auto& taken) { took(position, subject, taken); }, step);
}

void Escalations::took(Position position, const crypto::CaseId& subject,
                       const crypto::Proposed& proposed) {
  if (find(proposed.escalation.id) != nullptr) return;
  entry_of(subject, proposed.escalation).proposed = position;
}

void Escalations::took(Position position, const crypto::CaseId& subject, const crypto::Sent& sent) {
  const EscalationEntry* before = find(sent.escalation.id);
  if (before != nullptr && (before->subject != subject || before->sent != 0)) return;
  entry_of(subject, sent.escalation).sent = position;
}

void Escalations::took(Position /*position*/, const crypto::CaseId& subject,
                       const crypto::CarriedStep& carried) {
  auto* entry = known(carried.escalation, subject);
  if (entry != nullptr) entry->carried.insert(carried.what);
}

void Escalations::took(Position position, const crypto::CaseId& subject,
                       const crypto::Withdrawn& withdrawn) {
  const auto withdrawal = crypto::decode_withdrawal(withdrawn.withdrawal.view());
  auto* entry = withdrawal ? known(withdrawal->escalation, subject) : nullptr;
  if (entry != nullptr && entry->withdrawn == 0) entry->withdrawn = position;
}

void Escalations::took(Position /*position*/, const crypto::CaseId& subject,
                       const crypto::Reviewed& reviewed) {
  auto* entry = known(reviewed.escalation, subject);
  if (entry != nullptr && !entry->second) entry->second = reviewed.second.device;
}

void Escalations::took(Position position, const crypto::CaseId& subject, const crypto::Part& part) {
  parts_[{subject, part.manifest}].emplace(part.index, position);
}

void Escalations::answered(Position position, const crypto::CaseId& subject,
                           const crypto::EscalationAnswer& answer) {
  auto* entry = known(answer.escalation, subject);
  if (entry == nullptr || !seen_.insert(answer.id).second) return;
  entry->answers.push_back({answer.id, answer.said, answer.hour, position});
}

void Escalations::erasure_proposed(Position position, const crypto::CaseId& subject,
                                   const crypto::ErasureProposed& proposal) {
  if (is_erased(subject)) return;
  erasures_[subject] = {subject, position, proposal.version, proposal.first.device,
                        !proposal.strikes.empty()};
}

void Escalations::erasure_done(const crypto::CaseId& subject) {
  done_.insert(subject);
  erasures_.erase(subject);
}

void Escalations::erased(const crypto::CaseId& subject) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.subject == subject; });
  std::erase_if(parts_, [&](const auto& parts) { return parts.first.first == subject; });
}

const Escalations::Parts& Escalations::parts_of(const crypto::CaseId& subject,
                                                const crypto::Hash& manifest) const {
  static const Parts none;
  const auto found = parts_.find({subject, manifest});
  return found == parts_.end() ? none : found->second;
}

const EscalationEntry* Escalations::find(const crypto::EscalationId& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace meldpunt::client
