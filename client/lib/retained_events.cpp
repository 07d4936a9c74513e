#include "client/lib/retained_events.h"

#include <algorithm>

namespace meldpunt::client {

void RetainedEvents::announced(const crypto::CaseId& subject, const crypto::DeviceId& by,
                               const crypto::Retained& list) {
  before_[subject] = list.before;
  after_[list.before] = subject;
  next_[{subject, by}] = {list.events.begin(), list.events.end()};
}

std::optional<RetainedEvents::Position> RetainedEvents::take(const crypto::CaseId& subject,
                                                             const crypto::DeviceId& by,
                                                             Position at) {
  const auto found = next_.find({subject, by});
  if (found == next_.end() || found->second.empty()) return std::nullopt;
  const crypto::RetainedEvent next = found->second.front();
  found->second.pop_front();
  // Another device may have copied it too: the first counts.
  copies_[subject].try_emplace(next.position, Copy{at, next.hour, next.device});
  originals_[at] = next.position;
  return next.position;
}

void RetainedEvents::erased(const crypto::CaseId& subject) {
  copies_.erase(subject);
  std::erase_if(next_, [&](const auto& entry) { return entry.first.first == subject; });
}

std::optional<RetainedEvents::Position> RetainedEvents::expected(const crypto::CaseId& subject,
                                                                 const crypto::DeviceId& by) const {
  const auto found = next_.find({subject, by});
  if (found == next_.end() || found->second.empty()) return std::nullopt;
  return found->second.front().position;
}

std::optional<crypto::CaseId> RetainedEvents::unfinished_by(const crypto::DeviceId& by) const {
  const auto found = std::ranges::find_if(
      next_, [&](const auto& entry) { return entry.first.second == by && !entry.second.empty(); });
  return found == next_.end() ? std::nullopt : std::optional(found->first.first);
}

const RetainedEvents::Copy* RetainedEvents::find(const crypto::CaseId& subject,
                                                 Position original) const {
  const auto copies = copies_.find(subject);
  if (copies == copies_.end()) return nullptr;
  const auto found = copies->second.find(original);
  return found == copies->second.end() ? nullptr : &found->second;
}

std::optional<RetainedEvents::Position> RetainedEvents::original_of(const crypto::CaseId& subject,
                                                                    Position at) const {
  const auto found = originals_.find(at);
  if (found == originals_.end()) return std::nullopt;
  const Copy* copy = find(subject, found->second);
  // One that another device had copied before it stands for nothing.
  return copy != nullptr && copy->at == at ? std::optional(found->second) : std::nullopt;
}

const RetainedEvents::Copies& RetainedEvents::of(const crypto::CaseId& subject) const {
  static const Copies none;
  const auto found = copies_.find(subject);
  return found == copies_.end() ? none : found->second;
}

const crypto::CaseId* RetainedEvents::after(const crypto::CaseId& before) const {
  const auto found = after_.find(before);
  return found == after_.end() || !copies_.contains(found->second) ? nullptr : &found->second;
}

const crypto::CaseId* RetainedEvents::before(const crypto::CaseId& after) const {
  const auto found = before_.find(after);
  return found == before_.end() ? nullptr : &found->second;
}

}  // namespace meldpunt::client
