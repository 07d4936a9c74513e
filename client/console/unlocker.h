// Checks passphrases, one at a time, on a thread of its own: Argon2 takes a second and much memory,
// and neither lists nor the desk wait for it.
#pragma once

#include <functional>
#include <mutex>
#include <thread>

#include "client/lib/problem.h"
#include "crypto/secret.h"

namespace meldpunt::console {

class Unlocker {
 public:
  // EX_NOPERM: it is a wrong one.
  using Check = std::function<client::Outcome<void>(crypto::Bytes passphrase)>;
  using Told = std::function<void(client::Outcome<void>)>;

  explicit Unlocker(Check check) : check_(std::move(check)) {}
  Unlocker(const Unlocker&) = delete;
  Unlocker& operator=(const Unlocker&) = delete;
  ~Unlocker() { finish(); }

  // False when one is being checked: nothing is done. `told` is called on the other thread.
  bool try_one(crypto::SecretBuffer passphrase, Told told);
  // Waits for the check at hand.
  void finish();

 private:
  Check check_;
  std::mutex mutex_;  // guards everything below
  bool busy_ = false;
  std::thread thread_;
};

}  // namespace meldpunt::console
