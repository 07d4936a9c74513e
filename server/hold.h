// Answers to reporters leave at arrival + n x 250 ms, the smallest n that is ready, so that time
// does not tell a stored report from a miss.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <queue>
#include <vector>

#include "server/work_queue.h"

namespace meldpunt::server {

class Hold {
 public:
  // Zero: everything leaves at once (the benchmark's way to see the daemon behind the grid).
  explicit Hold(std::chrono::milliseconds grid) : grid_(grid) {}

  void add(Outgoing answer, Moment now) {
    const Moment due = due_at(answer.origin, now);
    waiting_.push_back({due, std::move(answer)});
    std::ranges::push_heap(waiting_, later);
  }
  // The next answer that is due, if any.
  std::optional<Outgoing> due(Moment now) {
    if (waiting_.empty() || waiting_.front().due > now) return std::nullopt;
    std::ranges::pop_heap(waiting_, later);
    Outgoing answer = std::move(waiting_.back().answer);
    waiting_.pop_back();
    return answer;
  }
  [[nodiscard]] std::optional<Moment> next() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.front().due;
  }
  [[nodiscard]] bool empty() const { return waiting_.empty(); }

  [[nodiscard]] Moment due_at(const Origin& origin, Moment ready) const {
    if (origin.door == Door::staff || grid_.count() == 0) return ready;
    const auto spent = std::max(ready - origin.arrived, Moment::duration::zero());
    const auto steps = std::max<Moment::rep>((spent + grid_ - Moment::duration(1)) / grid_, 1);
    return origin.arrived + steps * grid_;
  }

 private:
  struct Held {
    Moment due;
    Outgoing answer;
  };
  static bool later(const Held& a, const Held& b) { return a.due > b.due; }

  const std::chrono::milliseconds grid_;
  std::vector<Held> waiting_;  // a heap, the earliest first
};

}  // namespace meldpunt::server
