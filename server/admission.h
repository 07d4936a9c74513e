// How much a put into the intake costs: nothing in peace, and from half the quota on a puzzle whose
// effort rises with the fill. Above the quota the answer is busy. It orders, it does not exclude.
#pragma once

#include <atomic>
#include <cstdint>

#include "crypto/puzzle.h"

namespace meldpunt::server {

class Admission {
 public:
  Admission(std::uint64_t quota, std::uint64_t waiting) : quota_(quota), waiting_(waiting) {}

  // Counts a place in the intake before the put; false when there is none left.
  [[nodiscard]] bool reserve();
  // The put failed, or the item was taken in.
  void give_back();

  [[nodiscard]] std::uint64_t waiting() const { return waiting_; }
  [[nodiscard]] std::uint64_t quota() const { return quota_; }
  [[nodiscard]] bool half_full() const { return waiting_ * 2 >= quota_; }
  [[nodiscard]] bool full() const { return waiting_ >= quota_; }
  // 0 below half; 1 at half; effort_max at the quota.
  [[nodiscard]] std::uint8_t effort() const;

 private:
  const std::uint64_t quota_;
  std::atomic<std::uint64_t> waiting_;
};

}  // namespace meldpunt::server
