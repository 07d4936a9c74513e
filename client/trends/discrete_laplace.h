// Exact integer noise: the discrete Laplace (two-sided geometric) law
//
//   P(x) = (1 − e^−ε) / (1 + e^−ε) · e^(−ε|x|),    ε = numerator / denominator
//
// drawn as Canonne, Kamath and Steinke do ("The Discrete Gaussian for Differential Privacy", 2020,
// algorithm 2): integers compared with uniform integers, and no floating point anywhere near
// a decision. Adding it to a count that one person changes by one is ε-differentially private.
#pragma once

#include <optional>

#include "client/trends/uniform.h"

namespace meldpunt::trends {

// A rational of small parts; the denominator is not zero.
struct Ratio {
  std::uint32_t numerator = 0;
  std::uint32_t denominator = 1;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

inline constexpr std::uint32_t ratio_part_max = 1'000'000;

// One attempt; nullopt is thrown away and tried again. What is not thrown away has the law above.
[[nodiscard]] std::optional<std::int64_t> attempt_discrete_laplace(Ratio epsilon, Uniform& uniform);

// epsilon: both parts from 1 to ratio_part_max.
[[nodiscard]] std::int64_t draw_discrete_laplace(Ratio epsilon, Uniform& uniform);

}  // namespace meldpunt::trends
