#include "server/tick.h"

#include <algorithm>

namespace meldpunt::server {

Tick::Tick(const crypto::Pin& pin, const crypto::SigningKey<crypto::role::Daemon>& daemon,
           std::uint16_t tick_seconds, std::uint32_t generation)
    : pin_(pin), daemon_(daemon), tick_seconds_(tick_seconds), generation_(generation) {}

crypto::Result<void> Tick::turn(const State& state) {
  crypto::Digest digest;
  digest.time = state.unix_seconds;
  digest.tick_seconds = tick_seconds_;
  digest.generation = generation_;
  digest.request_key_id = state.key.id;
  digest.request_key = state.key.opening.public_key();
  digest.challenge = crypto::random_id<crypto::Challenge>();
  digest.effort = state.effort;
  digest.salt = crypto::random_id<crypto::Salt>();
  const auto tags = crypto::make_tags(digest.salt, state.living);
  if (!tags) return crypto::fail(tags.error());
  digest.tags = *tags;

  const std::lock_guard lock(mutex_);
  // Rises whatever the clock does, and over restarts as long as the clock is right.
  const auto by_clock = static_cast<std::uint32_t>(state.unix_seconds / tick_seconds_);
  digest.tick = std::max(tick_ + 1, by_clock);
  auto frame = crypto::sign_notice(state.bundle, digest, pin_.region, daemon_);
  if (!frame) return crypto::fail(frame.error());
  tick_ = digest.tick;
  std::shift_left(challenges_.begin(), challenges_.end(), 1);
  challenges_.back() = {digest.tick, digest.challenge, digest.effort};
  notice_ = std::make_shared<const crypto::Frame>(*frame);
  return {};
}

void Tick::withdraw() {
  const std::lock_guard lock(mutex_);
  notice_ = nullptr;
}

std::shared_ptr<const crypto::Frame> Tick::notice() const {
  const std::lock_guard lock(mutex_);
  return notice_;
}

std::optional<TickChallenge> Tick::challenge(std::uint32_t tick) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(challenges_, tick, &TickChallenge::tick);
  if (found == challenges_.end() || tick == 0) return std::nullopt;
  return *found;
}

}  // namespace meldpunt::server
