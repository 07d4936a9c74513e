// What nested periods say together: least squares over a year, its quarters and their months.
//
// An effect may have been measured in a year, and in each of its quarters, and in months: noise is
// independent, and the truth of a period is the sum of its parts. On such a tree the best unbiased
// combination needs two passes: what each period knows from itself and its parts, upwards; then
// what is left over is shared out downwards, by variance. So a quarter's figures become a little
// more exact when its year is published: they are provisional before, and final then.
#pragma once

#include <map>
#include <optional>

#include "client/trends/effects.h"
#include "client/trends/period.h"

namespace meldpunt::trends {

// An effect as it was published: with what noise, and its exact values.
struct MeasuredEffect {
  Effect effect;
  std::vector<std::int64_t> scaled;  // as of Measured

  friend bool operator==(const MeasuredEffect&, const MeasuredEffect&) = default;
};

struct MeasuredPeriod {
  Period period;
  std::vector<MeasuredEffect> effects;
};

// A table over some attributes: the estimate of each cell, and the variance that all of them have.
struct Estimated {
  std::vector<double> cells;
  double variance = 0;
};

class NestedTime {
 public:
  // Of one series; each period once. Values that are not of the shape are passed over.
  NestedTime(Shape shape, const std::vector<MeasuredPeriod>& measured);

  // nullopt when an effect of it is known neither from the period nor from all of its parts.
  [[nodiscard]] std::optional<Estimated> table(const Period& period, Axes axes) const;

 private:
  // One effect in one period.
  struct Known {
    std::vector<double> cells;
    double variance = 0;  // s²
  };
  [[nodiscard]] const Known* own(const Period& period, Axes effect) const;
  [[nodiscard]] std::optional<Known> upwards(const Period& period, Axes effect) const;
  [[nodiscard]] std::optional<Known> in_all(const Period& period, Axes effect) const;
  [[nodiscard]] std::optional<std::vector<Known>> all_effects(const Period& period,
                                                              Axes axes) const;
  [[nodiscard]] std::vector<double> add_up(const std::vector<Known>& effects, Axes axes) const;

  Shape shape_;
  std::map<std::pair<crypto::Day, crypto::Day>, std::map<Axes, Known>> measured_;
};

}  // namespace meldpunt::trends
