#include "server/gateway/fair_queue.h"

#include <algorithm>

namespace meldpunt::gateway {

void FairQueue::add(ConnectionId id, const Source& source, Time now) {
  const auto line = lines_.try_emplace(source).first;
  Line& waiting = line->second;
  if (waiting.waiting.empty()) {
    waiting.start = std::max(waiting.start, now);
    waiting.order = orders_++;
    due_.insert(due(*line));
  }
  waiting.waiting.push_back(id);
  places_[id] = {line, std::prev(waiting.waiting.end())};
}

void FairQueue::remove(ConnectionId id) {
  const auto place = places_.find(id);
  if (place == places_.end()) return;
  const auto line = place->second.line;
  line->second.waiting.erase(place->second.position);
  if (line->second.waiting.empty()) due_.erase(due(*line));
  places_.erase(place);
}

std::optional<ConnectionId> FairQueue::take(Time now) {
  if (due_.empty()) return std::nullopt;
  const auto line = lines_.find(due_.begin()->second);
  due_.erase(due_.begin());
  Line& next = line->second;
  const ConnectionId id = next.waiting.front();
  next.waiting.pop_front();
  places_.erase(id);
  next.start = std::min(std::max(next.start, now) + turn_, now + memory_);
  next.order = orders_++;
  if (!next.waiting.empty()) due_.insert(due(*line));
  return id;
}

void FairQueue::forget(Time now) {
  std::erase_if(lines_, [now](const Lines::value_type& entry) {
    return entry.second.waiting.empty() && entry.second.start <= now;
  });
}

}  // namespace meldpunt::gateway
