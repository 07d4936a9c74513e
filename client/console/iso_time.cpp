#include "client/console/iso_time.h"

#include <array>
#include <cstdio>

namespace meldpunt::console {

std::string iso_time(std::chrono::seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time - days).count();
  std::array<char, 40> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(minutes / 60),
                      static_cast<int>(minutes % 60));
  return text.data();
}

}  // namespace meldpunt::console
