#include "client/lib/case_index.h"

#include <algorithm>
#include <tuple>

namespace meldpunt::client {

namespace {

bool has_code(const crypto::Report& report, std::string_view question,
              std::initializer_list<std::string_view> codes) {
  const auto* statement = std::get_if<crypto::Statement>(&report.body);
  if (statement == nullptr) return false;
  return std::ranges::any_of(statement->answers, [&](const crypto::Answer& answer) {
    return answer.question == question &&
           std::ranges::find_first_of(answer.codes, codes) != answer.codes.end();
  });
}

void keep_answers(Case& entry, const crypto::Report& report) {
  const auto* statement = std::get_if<crypto::Statement>(&report.body);
  if (statement == nullptr) return;
  for (const crypto::Answer& answer : statement->answers) {
    auto& codes = entry.answers[answer.question];
    for (const std::string& code : answer.codes) {
      if (std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
    }
  }
}

// A reply that only says that a person has read the report.
bool only_read(const ReplyEntry& reply) { return reply.status == crypto::ReplyStatus::read; }

}  // namespace

bool Case::waits_for_answer() const {
  if (reports.empty()) return false;
  const auto answered = std::find_if(replies.rbegin(), replies.rend(),
                                     [](const ReplyEntry& reply) { return !only_read(reply); });
  return answered == replies.rend() || answered->position < reports.back().position;
}

void CaseIndex::taken_in(Position position, crypto::Hour hour, const crypto::CaseId& subject,
                         const crypto::Report& report, bool continues) {
  if (!seen_.insert(report.id).second) return;
  Case& entry = cases_[subject];
  if (entry.reports.empty()) {
    entry.id = subject;
    entry.oldest = hour;
    entry.coding.from_answers = codes_of(report);
  }
  entry.reports.push_back({position, report.id, report.kind, continues});
  // What does not continue the thread may be somebody else's: it is shown, but moves nothing.
  if (!continues) return;
  // Codes of the vocabulary (config/vocabulary.json, schemes urgency and age_class).
  entry.acute = entry.acute || has_code(report, "urgency", {"ACUTE", "HIGH"});
  entry.minor = entry.minor || has_code(report, "age_class", {"MINOR"});
  keep_answers(entry, report);
}

void CaseIndex::assigned(const crypto::CaseId& subject, const crypto::DeviceId& device) {
  const auto found = cases_.find(subject);
  if (found != cases_.end()) found->second.assigned = device;
}

void CaseIndex::reply(Position position, const crypto::CaseId& subject,
                      const crypto::ReplyWritten& reply, const crypto::Hash& sealed) {
  const auto found = cases_.find(subject);
  // Indices have no gaps: another one was written by a device that had not read the journal.
  if (found == cases_.end() || found->second.replies.size() != reply.index) return;
  found->second.replies.push_back(
      {position, reply.status, reply.urgent, false, false, reply.expires, sealed});
  waiting_[{!reply.urgent, position}] = {subject, reply.index, position};
}

void CaseIndex::posted(const crypto::CaseId& subject, std::uint16_t index) {
  const auto found = cases_.find(subject);
  if (found == cases_.end() || index >= found->second.replies.size()) return;
  auto& replies = found->second.replies;
  replies[index].posted = true;
  waiting_.erase({!replies[index].urgent, replies[index].position});
  for (std::size_t i = 0; i < index; ++i) {
    if (replies[i].posted || !only_read(replies[i])) continue;
    replies[i].superseded = true;
    waiting_.erase({!replies[i].urgent, replies[i].position});
  }
}

void CaseIndex::note(Position position, const crypto::CaseId& subject) {
  const auto found = cases_.find(subject);
  if (found != cases_.end()) found->second.notes.push_back(position);
}

void CaseIndex::coded(const crypto::CaseId& subject, const crypto::Coding& coding) {
  const auto found = cases_.find(subject);
  if (found != cases_.end()) found->second.coding.newest = coding;
}

void CaseIndex::bundle(const IssuedBundle& bundle) {
  IssuedBundle& known = bundles_[bundle.day];
  if (bundle.generation >= known.generation) known = bundle;
}

void CaseIndex::erased(const crypto::CaseId& subject) {
  Case& entry = cases_[subject];
  entry.id = subject;
  entry.readable = false;
  std::erase_if(waiting_, [&](const auto& waiting) { return waiting.second.subject == subject; });
}

const Case* CaseIndex::find(const crypto::CaseId& subject) const {
  const auto found = cases_.find(subject);
  return found == cases_.end() ? nullptr : &found->second;
}

std::vector<const Case*> CaseIndex::queue() const {
  std::vector<const Case*> waiting;
  for (const auto& [id, entry] : cases_) {
    if (entry.readable && entry.assigned.is_zero()) waiting.push_back(&entry);
  }
  std::ranges::sort(waiting, {}, [](const Case* entry) {
    return std::tuple(!entry->acute, !entry->minor, entry->reports.front().position);
  });
  return waiting;
}

std::optional<WaitingReply> CaseIndex::next_to_post(const std::set<Position>& left_out) const {
  for (const auto& [order, waiting] : waiting_) {
    if (left_out.contains(waiting.position)) continue;
    const auto& replies = cases_.at(waiting.subject).replies;
    const bool overtaken = only_read(replies[waiting.index]) &&
                           std::any_of(replies.begin() + waiting.index + 1, replies.end(),
                                       [&](const ReplyEntry& reply) {
                                         return !reply.posted && !left_out.contains(reply.position);
                                       });
    if (!overtaken) return waiting;
  }
  return std::nullopt;
}

const IssuedBundle* CaseIndex::bundle_of(crypto::Day day) const {
  const auto found = bundles_.find(day);
  return found == bundles_.end() ? nullptr : &found->second;
}

std::uint32_t CaseIndex::highest_bundle_generation() const {
  std::uint32_t highest = 0;
  for (const auto& [day, bundle] : bundles_) highest = std::max(highest, bundle.generation);
  return highest;
}

}  // namespace meldpunt::client
