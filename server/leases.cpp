#include "server/leases.h"

#include <algorithm>

namespace meldpunt::server {

bool Leases::take(ItemId item, const crypto::DeviceId& device, Moment now) {
  const std::lock_guard lock(mutex_);
  const auto found = leases_.find(item);
  if (found != leases_.end() && found->second.until > now) return false;
  if (passes_over(device, item, now)) return false;
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

bool Leases::passes_over(const crypto::DeviceId& device, ItemId item, Moment now) const {
  const auto found = passed_over_.find(device);
  if (found == passed_over_.end()) return false;
  const auto until = found->second.find(item);
  return until != found->second.end() && until->second > now;
}

void Leases::let_go(ItemId item, const crypto::DeviceId& device, Moment now) {
  const std::lock_guard lock(mutex_);
  leases_.erase(item);
  auto& passed_over = passed_over_[device];
  if (passed_over.size() < passed_over_per_device) passed_over[item] = now + lease_length;
}

void Leases::start_anew(const crypto::DeviceId& device) {
  const std::lock_guard lock(mutex_);
  passed_over_.erase(device);
}

std::size_t Leases::out_of_reach(const crypto::DeviceId& device, Moment now) const {
  const std::lock_guard lock(mutex_);
  const auto living =
      std::ranges::count_if(leases_, [&](const auto& entry) { return entry.second.until > now; });
  const auto passed_over = passed_over_.find(device);
  return static_cast<std::size_t>(living) +
         (passed_over == passed_over_.end() ? 0 : passed_over->second.size());
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
