#include "client/trends/discrete_gaussian.h"

#include <stdexcept>

#include "client/trends/bernoulli_exp.h"

namespace meldpunt::trends {

namespace {

void check_variance(const Variance& variance) {
  if (variance.numerator == 0 || variance.denominator == 0 ||
      variance.denominator > variance_denominator_max ||
      variance.numerator / variance.denominator >= variance_max) {
    throw std::logic_error("a variance outside of what the sampler can draw exactly");
  }
}

// ⌊σ⌋ + 1. Any other scale gives the same law, only more attempts.
std::uint32_t scale_for(const Variance& variance) {
  const std::uint64_t whole = variance.numerator / variance.denominator;
  return static_cast<std::uint32_t>(boost::multiprecision::sqrt(Wide(whole))) + 1;
}

}  // namespace

// Y has the law ∝ e^(−|Y|/t), and stays with probability e^(−(|Y| − σ²/t)² / 2σ²). With σ² = n/d
// that exponent is (|Y| d t − n)² / (2 n d t²).
std::optional<std::int64_t> attempt_discrete_gaussian(const Variance& variance, Uniform& uniform) {
  const std::uint32_t t = scale_for(variance);
  const auto drawn = attempt_discrete_laplace({1, t}, uniform);
  if (!drawn) return std::nullopt;
  const Wide n = variance.numerator;
  const Wide dt = Wide(variance.denominator) * t;
  const Wide far = Wide(*drawn < 0 ? -*drawn : *drawn) * dt;
  const Wide apart = far > n ? Wide(far - n) : Wide(n - far);
  if (!bernoulli_exp(apart * apart, 2 * n * dt * t, uniform)) return std::nullopt;
  return drawn;
}

std::int64_t draw_discrete_gaussian(const Variance& variance, Uniform& uniform) {
  check_variance(variance);
  for (;;) {
    if (const auto drawn = attempt_discrete_gaussian(variance, uniform)) return *drawn;
  }
}

}  // namespace meldpunt::trends
