#include "server/leases.h"

#include <algorithm>

namespace meldpunt::server {

bool Leases::take(ItemId item, const crypto::DeviceId& device, Moment now) {
  const std::lock_guard lock(mutex_);
  const auto found = leases_.find(item);
  if (found != leases_.end() && found->second.until > now) return false;
  const auto held = std::ranges::count_if(leases_, [&](const auto& entry) {
    return entry.second.device == device && entry.second.until > now;
  });
  if (static_cast<std::size_t>(held) >= leases_per_device) return false;
  leases_.insert_or_assign(item, Lease{device, now + lease_length});
  return true;
}

bool Leases::holds(ItemId item, const crypto::DeviceId& device) const {
  const std::lock_guard lock(mutex_);
  const auto found = leases_.find(item);
  return found != leases_.end() && found->second.device == device;
}

void Leases::drop(ItemId item) {
  const std::lock_guard lock(mutex_);
  leases_.erase(item);
}

std::size_t Leases::living(Moment now) {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(leases_, [&](const auto& entry) { return entry.second.until > now; }));
}

std::optional<std::chrono::seconds> Leases::take_duty(const crypto::DeviceId& device, Moment now) {
  const std::lock_guard lock(mutex_);
  if (duty_ && duty_->device != device && duty_->until > now) return std::nullopt;
  duty_ = Lease{device, now + lease_length};
  return lease_length;
}

std::chrono::seconds Leases::duty_left(Moment now) const {
  const std::lock_guard lock(mutex_);
  if (!duty_ || duty_->until <= now) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(duty_->until - now);
}

void Leases::release_duty(const crypto::DeviceId& device) {
  const std::lock_guard lock(mutex_);
  if (duty_ && duty_->device == device) duty_.reset();
}

}  // namespace meldpunt::server
