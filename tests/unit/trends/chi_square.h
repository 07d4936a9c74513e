// Whether seeded draws have the law that they should have.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>

#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {

// The upper tail of chi-square by the continued fraction of the incomplete gamma function.
inline double chi_square_tail(double statistic, double degrees) {
  const double a = degrees / 2;
  const double x = statistic / 2;
  if (x < a + 1) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < 10'000; ++n) sum += term *= x / (a + n);
    return 1 - sum * std::exp(-x + a * std::log(x) - std::lgamma(a));
  }
  double b = x + 1 - a;
  double c = 1e300;
  double d = 1 / b;
  double h = d;
  for (int n = 1; n < 10'000; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
  }
  return h * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

// p of that many seeded draws of a law that is even and falls on both sides of zero; cells of fewer
// than ten expected draws are one.
inline double p_of_draws(int draws, const std::function<double(std::int64_t)>& probability,
                         const std::function<std::int64_t(Uniform&)>& draw) {
  SeededRandom bytes(20261122);
  UniformFromBytes uniform(bytes);
  std::map<std::int64_t, int> seen;
  for (int i = 0; i < draws; ++i) ++seen[draw(uniform)];
  double statistic = 0;
  double expected_inside = 0;
  int seen_inside = 0;
  int cells = 0;
  for (std::int64_t x = 0; draws * probability(x) >= 10; ++x) {
    for (const std::int64_t signed_x : {x, -x}) {
      const double expected = draws * probability(signed_x);
      statistic += std::pow(seen[signed_x] - expected, 2) / expected;
      expected_inside += expected;
      seen_inside += seen[signed_x];
      ++cells;
      if (x == 0) break;
    }
  }
  const double outside = draws - expected_inside;
  statistic += std::pow(draws - seen_inside - outside, 2) / outside;
  return chi_square_tail(statistic, cells);
}

}  // namespace meldpunt::trends::test
