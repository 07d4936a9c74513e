// The keys that requests are sealed to. They live in this process's memory only, change at least
// daily and at every start, and are kept one hour after: what was recorded cannot be opened later.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "crypto/keys.h"
#include "server/clock.h"

namespace meldpunt::server {

class RequestKeys {
 public:
  struct Key {
    crypto::KeyId id;
    crypto::OpeningKey<crypto::role::Request> opening;
  };

  explicit RequestKeys(Moment now);

  // The key to announce.
  [[nodiscard]] std::shared_ptr<const Key> current() const;
  // Null for an unknown or forgotten one.
  [[nodiscard]] std::shared_ptr<const Key> find(const crypto::KeyId& id) const;
  // Renews and forgets; true when there is a new key to announce.
  bool turn(Moment now);

 private:
  struct Kept {
    std::shared_ptr<const Key> key;
    Moment made;
  };

  mutable std::mutex mutex_;  // guards keys_
  std::vector<Kept> keys_;    // the newest last
};

}  // namespace meldpunt::server
