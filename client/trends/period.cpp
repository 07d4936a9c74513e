#include "client/trends/period.h"

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

std::string_view name_of(Cadence cadence) {
  switch (cadence) {
    case Cadence::month:
      return "month";
    case Cadence::quarter:
      return "quarter";
    case Cadence::year:
      break;
  }
  return "year";
}

std::uint32_t in_next(Cadence cadence) { return cadence == Cadence::month ? 3 : 4; }

std::optional<Period> read_period(std::string_view name) {
  const auto in_year = digits(name.substr(0, 4));
  if (!in_year || *in_year < first_year || *in_year > last_year) return std::nullopt;
  if (name.size() == 4) return of_months(*in_year, 1, 12);
  if (name.size() != 7 || name[4] != '-') return std::nullopt;
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
  for (const std::string& name : {in_year + '-' + two_digits(in_month),
                                  in_year + "-Q" + std::to_string((in_month + 2) / 3), in_year}) {
    if (read_period(name) == period) return name;
  }
  return "days " + std::to_string(period.first) + " to " + std::to_string(period.last);
}

std::optional<Cadence> cadence_of(const Period& period) {
  for (const Cadence cadence : {Cadence::month, Cadence::quarter, Cadence::year}) {
    if (period_around(period.first, cadence) == period) return cadence;
  }
  return std::nullopt;
}

Period period_around(crypto::Day day, Cadence cadence) {
  const std::chrono::year_month_day date(sys_days(std::chrono::days(static_cast<int>(day))));
  const auto in_year = static_cast<unsigned>(static_cast<int>(date.year()));
  const auto in_month = static_cast<unsigned>(date.month());
  switch (cadence) {
    case Cadence::month:
      return of_months(in_year, in_month, 1);
    case Cadence::quarter:
      return of_months(in_year, (in_month - 1) / 3 * 3 + 1, 3);
    case Cadence::year:
      break;
  }
  return of_months(in_year, 1, 12);
}

std::vector<Period> parts_of(const Period& period) {
  const auto cadence = cadence_of(period);
  if (!cadence || *cadence == Cadence::month) return {};
  const Cadence finer = *cadence == Cadence::year ? Cadence::quarter : Cadence::month;
  std::vector<Period> parts;
  for (crypto::Day day = period.first; day <= period.last; day = parts.back().last + 1) {
    parts.push_back(period_around(day, finer));
  }
  return parts;
}

}  // namespace meldpunt::trends
