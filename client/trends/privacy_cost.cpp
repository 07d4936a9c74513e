#include "client/trends/privacy_cost.h"

#include <cmath>
#include <limits>

namespace meldpunt::trends {

namespace {

constexpr std::uint64_t billion = 1'000'000'000;

long double epsilon_by(long double alpha, long double rho) {
  return alpha * rho + (-std::log(static_cast<long double>(delta)) +
                        alpha * std::log1p(-1.0L / alpha) - std::log(alpha - 1.0L)) /
                           (alpha - 1.0L);
}

}  // namespace

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
