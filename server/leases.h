// Who is working on what. A lease is a claim that expires; it lives in memory, so a restart returns
// every item to its queue.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "crypto/bytes.h"
#include "server/clock.h"

namespace meldpunt::server {

inline constexpr std::chrono::seconds lease_length{120};
inline constexpr std::size_t leases_per_device = 64;

class Leases {
 public:
  // True when `device` now holds the item: it was free, or its lease had expired.
  bool take(ItemId item, const crypto::DeviceId& device, Moment now);
  // True when `device` holds it, expired or not, as long as nobody else does.
  [[nodiscard]] bool holds(ItemId item, const crypto::DeviceId& device) const;
  void drop(ItemId item);
  // Living leases of all devices: how many items at the head of a queue may be taken.
  [[nodiscard]] std::size_t living(Moment now);

  // The duty lease: nullopt when another device holds it; else how long it is held.
  std::optional<std::chrono::seconds> take_duty(const crypto::DeviceId& device, Moment now);
  // How long the holder still has it.
  [[nodiscard]] std::chrono::seconds duty_left(Moment now) const;
  void release_duty(const crypto::DeviceId& device);

 private:
  struct Lease {
    crypto::DeviceId device;
    Moment until;
  };

  mutable std::mutex mutex_;  // guards all below
  std::map<ItemId, Lease> leases_;
  std::optional<Lease> duty_;
};

}  // namespace meldpunt::server
