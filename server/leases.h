// Who is working on what. A lease is a claim that expires; it lives in memory, so a restart returns
// every item to its queue.
//
// A device may let go of what it cannot use. Others get that at once; itself only when it has been
// told that nothing else waits, so that what it cannot open never hides what it can.
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
inline constexpr std::size_t passed_over_per_device = 4096;

class Leases {
 public:
  // True when `device` now holds the item: it was free, or its lease had expired, and the device
  // does not pass it over.
  bool take(ItemId item, const crypto::DeviceId& device, Moment now);
  // True when `device` holds it, expired or not, as long as nobody else does.
  [[nodiscard]] bool holds(ItemId item, const crypto::DeviceId& device) const;
  void drop(ItemId item);
  // Ends the lease; the device passes the item over until start_anew(), or as long as a lease. One
  // that passes over too many is given it again.
  void let_go(ItemId item, const crypto::DeviceId& device, Moment now);
  void start_anew(const crypto::DeviceId& device);
  // How many items at the head of a queue may not be for `device`: living leases of all devices,
  // and what it passes over.
  [[nodiscard]] std::size_t out_of_reach(const crypto::DeviceId& device, Moment now) const;

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
  [[nodiscard]] bool passes_over(const crypto::DeviceId& device, ItemId item, Moment now) const;

  std::map<ItemId, Lease> leases_;
  std::map<crypto::DeviceId, std::map<ItemId, Moment>> passed_over_;  // until when
  std::optional<Lease> duty_;
};

}  // namespace meldpunt::server
