#include "client/trends/privacy_cost.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace meldpunt::trends {

namespace {

constexpr std::uint64_t billion = 1'000'000'000;
constexpr std::uint32_t thousand = 1000;

long double epsilon_by(long double alpha, long double rho) {
  return alpha * rho + (-std::log(static_cast<long double>(delta)) +
                        alpha * std::log1p(-1.0L / alpha) - std::log(alpha - 1.0L)) /
                           (alpha - 1.0L);
}

}  // namespace

// k n² / (2 d²) in billionths. n ≤ d here or the cost is beyond every budget anyway, so that
// k n² · 10^9 is divided in two steps, each rounded up, to stay within 64 bits.
Billionths rho_of(std::uint32_t tables, Ratio epsilon) {
  const std::uint64_t divisor = std::gcd(epsilon.numerator, epsilon.denominator);
  const std::uint64_t n = epsilon.numerator / divisor;
  const std::uint64_t d = epsilon.denominator / divisor;
  const auto up = [](std::uint64_t value, std::uint64_t by) { return (value + by - 1) / by; };
  if (n > d) return std::numeric_limits<Billionths>::max();
  // n ≤ d ≤ 10^6: n · 10^9 ≤ 10^15, and what is left after the first division ≤ 10^9.
  if (billion % (2 * d * d) == 0) return tables * n * n * (billion / (2 * d * d));
  return tables * up(up(n * billion, d) * n, 2 * d);
}

Billionths epsilon_at_delta(Billionths rho) {
  const long double r = static_cast<long double>(rho) / billion;
  // Near 1 + sqrt(ln(1/δ)/ρ); a golden-section search would do, a fine grid is plainer.
  const long double middle =
      std::sqrt(-std::log(static_cast<long double>(delta)) / (r > 0 ? r : 1e-9L));
  long double best = std::numeric_limits<long double>::max();
  for (int step = -4000; step <= 4000; ++step) {
    const long double alpha = 1.0L + middle * std::exp(static_cast<long double>(step) / 2000.0L);
    best = std::min(best, epsilon_by(alpha, r));
  }
  // One billionth more than what rounding could hide.
  return static_cast<Billionths>(std::ceil(best * billion)) + 1;
}

Ratio largest_epsilon(std::uint32_t tables, Billionths share) {
  std::uint32_t n = 0;
  while (n < thousand && rho_of(tables, {n + 1, thousand}) <= share) ++n;
  const std::uint32_t divisor = std::gcd(n, thousand);
  return {n / divisor, thousand / divisor};
}

std::string decimal(Billionths value) {
  std::string digits = std::to_string(value % billion);
  digits.insert(0, 9 - digits.size(), '0');
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return std::to_string(value / billion) + '.' + digits;
}

Billionths read_decimal(std::string_view text) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || whole.size() > 3 || part.size() > 9) return 0;
  Billionths value = 0;
  for (const char digit : std::string(whole) + std::string(part)) {
    if (digit < '0' || digit > '9') return 0;
    value = value * 10 + static_cast<Billionths>(digit - '0');
  }
  for (std::size_t i = part.size(); i < 9; ++i) value *= 10;
  return value;
}

}  // namespace meldpunt::trends
