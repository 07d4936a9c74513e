#include "server/request_keys.h"

#include <algorithm>

namespace meldpunt::server {

namespace {

constexpr std::chrono::hours life{20};
constexpr std::chrono::hours kept_after{1};

std::shared_ptr<const RequestKeys::Key> fresh_key() {
  auto id = crypto::random_id<crypto::KeyId>();
  while (id.is_zero()) id = crypto::random_id<crypto::KeyId>();  // zero asks for the notice
  return std::make_shared<const RequestKeys::Key>(
      RequestKeys::Key{id, crypto::OpeningKey<crypto::role::Request>::generate()});
}

}  // namespace

RequestKeys::RequestKeys(Moment now) { keys_.push_back({fresh_key(), now}); }

std::shared_ptr<const RequestKeys::Key> RequestKeys::current() const {
  const std::lock_guard lock(mutex_);
  return keys_.back().key;
}

std::shared_ptr<const RequestKeys::Key> RequestKeys::find(const crypto::KeyId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::ranges::find_if(keys_, [&](const Kept& kept) { return kept.key->id == id; });
  return found == keys_.end() ? nullptr : found->key;
}

bool RequestKeys::turn(Moment now) {
  const std::lock_guard lock(mutex_);
  const bool renew = now - keys_.back().made >= life;
  if (renew) keys_.push_back({fresh_key(), now});
  // A key is forgotten one hour after its successor was made.
  while (keys_.size() > 1 && now - keys_[1].made >= kept_after) keys_.erase(keys_.begin());
  return renew;
}

}  // namespace meldpunt::server
