// The calendar of releases: whole months, quarters and years, in UTC. A period is public and fixed
// in advance; which cases are in it is decided by the hour in which each was opened, or closed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/release.h"

namespace meldpunt::trends {

enum class Cadence : std::uint8_t { month, quarter, year };
[[nodiscard]] std::string_view name_of(Cadence cadence);
// How many of them one of the next coarser has.
[[nodiscard]] std::uint32_t in_next(Cadence cadence);

struct Period {
  crypto::Day first = 0;
  crypto::Day last = 0;  // inclusive

  [[nodiscard]] bool holds(crypto::Hour hour) const {
    return first <= crypto::day_of(hour) && crypto::day_of(hour) <= last;
  }
  [[nodiscard]] bool overlaps(const Period& other) const {
    return first <= other.last && other.first <= last;
  }
  // Its last day is over.
  [[nodiscard]] bool over(crypto::Hour now) const { return crypto::day_of(now) > last; }

  friend bool operator==(const Period&, const Period&) = default;
};

// "2026-11", "2026-Q3" or "2026"; nullopt for anything else.
[[nodiscard]] std::optional<Period> read_period(std::string_view name);
// The same way; "days … to …" for days that are no such period.
[[nodiscard]] std::string name_of(const Period& period);

// nullopt for days that are no such period.
[[nodiscard]] std::optional<Cadence> cadence_of(const Period& period);
// The year, quarter or month that the day is in.
[[nodiscard]] Period period_around(crypto::Day day, Cadence cadence);
// Those of the next finer cadence that make it up, in order; none for a month.
[[nodiscard]] std::vector<Period> parts_of(const Period& period);

}  // namespace meldpunt::trends
