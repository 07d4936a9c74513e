#include "client/trends/uniform.h"

#include <stdexcept>

#include "crypto/secret.h"
#include "crypto/wire/reader.h"

namespace meldpunt::trends {

void SystemRandom::fill(crypto::MutableBytes out) { crypto::fill_random(out); }

std::uint64_t UniformFromBytes::below(std::uint64_t bound) {
  if (bound == 0) throw std::logic_error("a uniform integer below zero");
  // 2^64 mod bound: as many of the smallest values are thrown away, so that bound divides the rest.
  const std::uint64_t uneven = (0 - bound) % bound;
  for (;;) {
    crypto::Block<8> bytes{};
    source_.fill(bytes);
    const std::uint64_t drawn = crypto::Reader(bytes).u64();
    if (drawn >= uneven) return drawn % bound;
  }
}

}  // namespace meldpunt::trends
