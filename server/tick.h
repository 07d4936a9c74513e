// The tick: every ten minutes a new notice, the same for everyone until the next one, and with it a
// fresh salt, a fresh challenge and the effort asked. A challenge is good for three ticks.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>

#include "crypto/wire/notice.h"
#include "server/clock.h"
#include "server/request_keys.h"

namespace meldpunt::server {

struct TickChallenge {
  std::uint32_t tick = 0;
  crypto::Challenge challenge;
  std::uint8_t effort = 0;
};

class Tick {
 public:
  // `daemon` and `pin` outlive this.
  Tick(const crypto::Pin& pin, const crypto::SigningKey<crypto::role::Daemon>& daemon,
       std::uint16_t tick_seconds, std::uint32_t generation);

  struct State {
    std::uint64_t unix_seconds = 0;
    crypto::Bytes bundle;  // today's, signed
    std::span<const crypto::Address> living;
    std::uint8_t effort = 0;
    const RequestKeys::Key& key;
  };
  // Makes the next notice. When addresses do not fit the digest, too_many; the notice before stays.
  crypto::Result<void> turn(const State& state);
  // No bundle for today: no notice is better than a stale one.
  void withdraw();

  // Null until the first turn and after withdraw().
  [[nodiscard]] std::shared_ptr<const crypto::Frame> notice() const;
  // nullopt when the tick is not one of the last three.
  [[nodiscard]] std::optional<TickChallenge> challenge(std::uint32_t tick) const;

 private:
  const crypto::Pin& pin_;
  const crypto::SigningKey<crypto::role::Daemon>& daemon_;
  const std::uint16_t tick_seconds_;
  const std::uint32_t generation_;

  mutable std::mutex mutex_;  // guards all below
  std::shared_ptr<const crypto::Frame> notice_;
  std::array<TickChallenge, 3> challenges_{};
  std::uint32_t tick_ = 0;
};

}  // namespace meldpunt::server
