#include "client/trends/discrete_laplace.h"

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

}  // namespace meldpunt::trends
