#include "client/trends/discrete_laplace.h"

#include <cmath>
#include <stdexcept>

#include "client/trends/bernoulli_exp.h"

namespace meldpunt::trends {

namespace {

void check(Ratio epsilon) {
  if (epsilon.numerator == 0 || epsilon.denominator == 0 || epsilon.numerator > ratio_part_max ||
      epsilon.denominator > ratio_part_max) {
    throw std::logic_error("an epsilon outside of what the sampler can draw exactly");
  }
}

// How often Bernoulli(e^−1) comes true in a row.
std::uint64_t run_of_ones(Uniform& uniform) {
  std::uint64_t count = 0;
  while (bernoulli_exp_to_one<std::uint64_t>(1, 1, uniform)) ++count;
  return count;
}

// More than what the library may be wrong by.
constexpr long double outwards = 1.0L + 1e-12L;

}  // namespace

// X = U + t V has P(X) ∝ e^(−X/t) on 0, 1, 2, …; Y = ⌊X/s⌋ has e^(−Y s/t); then a fair sign, and
// one of the two zeros is thrown away.
std::optional<std::int64_t> attempt_discrete_laplace(Ratio epsilon, Uniform& uniform) {
  const std::uint64_t s = epsilon.numerator;
  const std::uint64_t t = epsilon.denominator;
  const std::uint64_t u = uniform.below(t);
  if (!bernoulli_exp_to_one(u, t, uniform)) return std::nullopt;
  const auto y = static_cast<std::int64_t>((u + t * run_of_ones(uniform)) / s);
  const bool negative = uniform.below(2) == 1;
  if (negative && y == 0) return std::nullopt;
  return negative ? -y : y;
}

std::int64_t draw_discrete_laplace(Ratio epsilon, Uniform& uniform) {
  check(epsilon);
  for (;;) {
    if (const auto drawn = attempt_discrete_laplace(epsilon, uniform)) return *drawn;
  }
}

std::int64_t half_width_95(Ratio epsilon) {
  check(epsilon);
  const long double e = static_cast<long double>(epsilon.numerator) / epsilon.denominator;
  const auto tail_beyond = [&](std::int64_t k) {
    return 2.0L * std::exp(-e * static_cast<long double>(k + 1)) / (1.0L + std::exp(-e)) * outwards;
  };
  // From below the closed form, so that its rounding does not matter.
  auto k = static_cast<std::int64_t>(std::log(40.0L / (1.0L + std::exp(-e))) / e) - 2;
  if (k < 0) k = 0;
  while (k > 0 && tail_beyond(k - 1) <= 0.05L) --k;
  while (tail_beyond(k) > 0.05L) ++k;
  return k;
}

}  // namespace meldpunt::trends
