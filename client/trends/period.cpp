#include "client/trends/period.h"

#include <algorithm>
#include <chrono>

namespace meldpunt::trends {

namespace {

using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

constexpr int first_year = 2020;
constexpr int last_year = 2199;

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(digit - '0');
  }
  return value;
}

crypto::Day number_of(sys_days day) {
  return static_cast<crypto::Day>(day.time_since_epoch().count());
}

Period of_months(unsigned in_year, unsigned first_month, unsigned count) {
  const auto begin = year(static_cast<int>(in_year)) / month(first_month);
  return {number_of(sys_days(begin / 1)),
          number_of(sys_days((begin + months(static_cast<int>(count))) / 1)) - 1};
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::optional<Period> read_period(std::string_view name) {
  if (name.size() != 7 || name[4] != '-') return std::nullopt;
  const auto in_year = digits(name.substr(0, 4));
  if (!in_year || *in_year < first_year || *in_year > last_year) return std::nullopt;
  if (name[5] == 'Q') {
    const auto quarter = digits(name.substr(6));
    if (!quarter || *quarter < 1 || *quarter > 4) return std::nullopt;
    return of_months(*in_year, 3 * *quarter - 2, 3);
  }
  const auto in_month = digits(name.substr(5));
  if (!in_month || *in_month < 1 || *in_month > 12) return std::nullopt;
  return of_months(*in_year, *in_month, 1);
}

std::string name_of(const Period& period) {
  const std::chrono::year_month_day first(
      sys_days(std::chrono::days(static_cast<int>(period.first))));
  const std::string in_year = std::to_string(static_cast<int>(first.year()));
  const auto in_month = static_cast<unsigned>(first.month());
  std::string name = in_year + '-' + two_digits(in_month);
  if (read_period(name) == period) return name;
  name = in_year + "-Q" + std::to_string((in_month + 2) / 3);
  if (read_period(name) == period) return name;
  return "days " + std::to_string(period.first) + " to " + std::to_string(period.last);
}

}  // namespace meldpunt::trends
