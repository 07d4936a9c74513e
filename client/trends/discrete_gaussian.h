// Exact integer noise of the discrete Gaussian law N_Z(0, σ²):
//
//   P(x) ∝ e^(−x² / 2σ²) on the integers,    σ² = numerator / denominator
//
// drawn by rejection from the discrete Laplace law as Canonne, Kamath and Steinke do (2020,
// algorithm 3), with integers alone. Shifting it by the integer q costs |q|² / 2σ² in zCDP.
#pragma once

#include <optional>

#include "client/trends/discrete_laplace.h"

namespace meldpunt::trends {

// σ²: both parts from 1, the denominator to 2^20, the whole below 10^11.
struct Variance {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;

  [[nodiscard]] double value() const {
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
  friend bool operator==(const Variance&, const Variance&) = default;
};

inline constexpr std::uint64_t variance_max = 100'000'000'000;
inline constexpr std::uint64_t variance_denominator_max = std::uint64_t{1} << 20U;

// One attempt; nullopt is thrown away and tried again. What is not thrown away has the law above.
[[nodiscard]] std::optional<std::int64_t> attempt_discrete_gaussian(const Variance& variance,
                                                                    Uniform& uniform);

[[nodiscard]] std::int64_t draw_discrete_gaussian(const Variance& variance, Uniform& uniform);

}  // namespace meldpunt::trends
