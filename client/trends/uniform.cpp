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

// Whole words below the power of two that holds the bound; what is not below the bound is thrown
// away. At least one draw in two is kept.
Wide below(Uniform& uniform, const Wide& bound) {
  if (bound == 0) throw std::logic_error("a uniform integer below zero");
  constexpr std::uint64_t word = std::uint64_t{1} << 32U;
  const Wide most = bound - 1;
  if (most < word) return uniform.below(static_cast<std::uint64_t>(bound));
  const unsigned bits = boost::multiprecision::msb(most) + 1;
  for (;;) {
    Wide drawn = uniform.below(std::uint64_t{1} << (bits % 32U));
    for (unsigned i = 0; i < bits / 32; ++i) drawn = (drawn << 32U) + uniform.below(word);
    if (drawn < bound) return drawn;
  }
}

}  // namespace meldpunt::trends
