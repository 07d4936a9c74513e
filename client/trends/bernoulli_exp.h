// A coin that comes up with probability e^−γ for a rational γ, by comparing integers alone:
// Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020),
// algorithm 1.
#pragma once

#include <stdexcept>

#include "client/trends/uniform.h"

namespace meldpunt::trends {

// e^−γ = Σ (−γ)^k / k!: the first k at which a coin of γ/k fails is odd with that probability.
//
// γ = numerator / denominator, at most 1. Integer: std::uint64_t while denominator · 2^40 fits in
// it, else Wide. The chance that more coins than that come up is less than one in (2^40)!.
template <class Integer>
[[nodiscard]] bool bernoulli_exp_to_one(const Integer& numerator, const Integer& denominator,
                                        Uniform& uniform) {
  std::uint64_t k = 1;
  while (below(uniform, Integer(denominator * k)) < numerator) {
    if (++k > std::uint64_t{1} << 40U) throw std::runtime_error("the random generator is broken");
  }
  return k % 2 == 1;
}

// The same for any γ: e^−γ is e^−1 as often as γ is whole, times what is left.
[[nodiscard]] bool bernoulli_exp(Wide numerator, const Wide& denominator, Uniform& uniform);

}  // namespace meldpunt::trends
