#include "server/admission.h"

#include <algorithm>

namespace meldpunt::server {

bool Admission::reserve() {
  std::uint64_t now = waiting_;
  do {
    if (now >= quota_) return false;
  } while (!waiting_.compare_exchange_weak(now, now + 1));
  return true;
}

void Admission::give_back() {
  std::uint64_t now = waiting_;
  while (now > 0 && !waiting_.compare_exchange_weak(now, now - 1)) {
  }
}

std::uint8_t Admission::effort() const {
  const std::uint64_t now = waiting_;
  const std::uint64_t half = quota_ / 2;
  if (now * 2 < quota_) return 0;
  const std::uint64_t above = now - half;
  const std::uint64_t steps = (crypto::effort_max - 1) * above / std::max<std::uint64_t>(half, 1);
  return static_cast<std::uint8_t>(std::min<std::uint64_t>(1 + steps, crypto::effort_max));
}

}  // namespace meldpunt::server
