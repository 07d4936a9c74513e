#include "config/harden.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <stdexcept>

namespace meldpunt::config {

void harden_process() {
  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
  if (setrlimit(RLIMIT_CORE, &no_core) != 0) {
    throw std::runtime_error("cannot turn core dumps off");
  }
  // Also gives /proc/PID to root, so that another process of the same user cannot read our memory
  // there.
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    throw std::runtime_error("cannot turn tracing off");
  }
  umask(S_IRWXG | S_IRWXO);
  if (sodium_init() < 0) {
    throw std::runtime_error("libsodium does not start");
  }
}

}  // namespace meldpunt::config
