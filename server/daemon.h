// The daemon, put together: store, authority, workers, listener, housekeeper. It starts in its
// constructor's order and ends in the reverse, and loses nothing that it has acknowledged.
#pragma once

#include <memory>

#include "server/clock.h"
#include "server/settings.h"

namespace meldpunt::server {

class Daemon {
 public:
  // Throws StoreFailure or std::runtime_error with a sentence when it cannot start.
  Daemon(Settings settings, const Clock& clock);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Returns after stop(), when every accepted request has its answer (at most 3 s).
  void run();
  // From any thread.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace meldpunt::server
