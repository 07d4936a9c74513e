// How far from the truth a figure may be: 95 % intervals.
#pragma once

#include "client/trends/discrete_laplace.h"

namespace meldpunt::trends {

// The least k with P(|x| > k) ≤ 5 %: estimate ± k covers the truth in at least 95 of 100 draws. The
// tail 2 e^(−ε(k+1)) / (1 + e^−ε) is rounded outwards, so that k is never too small.
[[nodiscard]] std::int64_t half_width_95(Ratio epsilon);
// The same of Gaussian noise, and of sums of many noises: 1.96 standard deviations.
[[nodiscard]] double half_width_95(double variance);

}  // namespace meldpunt::trends
