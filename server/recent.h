// The hashes of recently stored reports, so that a retry is not stored again. Bounded and in
// memory: nothing rests on it, the report id makes a report exactly once in the case file.
#pragma once

#include <deque>
#include <mutex>
#include <set>

#include "crypto/bytes.h"

namespace meldpunt::server {

class Recent {
 public:
  explicit Recent(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] bool knows(const crypto::Hash& envelope) const {
    const std::lock_guard lock(mutex_);
    return known_.contains(envelope);
  }
  // After it is durable.
  void remember(const crypto::Hash& envelope) {
    const std::lock_guard lock(mutex_);
    if (!known_.insert(envelope).second) return;
    order_.push_back(envelope);
    if (order_.size() <= limit_) return;
    known_.erase(order_.front());
    order_.pop_front();
  }

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;  // guards all below
  std::set<crypto::Hash> known_;
  std::deque<crypto::Hash> order_;
};

}  // namespace meldpunt::server
