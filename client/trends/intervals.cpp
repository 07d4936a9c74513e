#include "client/trends/intervals.h"

#include <cmath>
#include <stdexcept>

namespace meldpunt::trends {

namespace {

// More than what the library may be wrong by.
constexpr long double outwards = 1.0L + 1e-12L;
constexpr double normal_95 = 1.959964;

}  // namespace

std::int64_t half_width_95(Ratio epsilon) {
  if (epsilon.numerator == 0 || epsilon.denominator == 0) {
    throw std::logic_error("an epsilon that is no number");
  }
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

double half_width_95(double variance) { return normal_95 * std::sqrt(variance); }

}  // namespace meldpunt::trends
