#include "client/console/unlocker.h"

namespace meldpunt::console {

void Unlocker::finish() {
  if (thread_.joinable()) thread_.join();
}

bool Unlocker::try_one(crypto::SecretBuffer passphrase, Told told) {
  const std::lock_guard guard(mutex_);
  if (busy_) return false;
  if (thread_.joinable()) thread_.join();  // it has told, and is at its end
  busy_ = true;
  thread_ =
      std::thread([this, passphrase = std::move(passphrase), told = std::move(told)]() mutable {
        auto outcome = check_(passphrase.view());
        passphrase = {};
        {
          const std::lock_guard inner(mutex_);
          busy_ = false;
        }
        told(std::move(outcome));
      });
  return true;
}

}  // namespace meldpunt::console
