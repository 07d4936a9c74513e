// What may be done to released figures at no cost, and what it is for.
#pragma once

#include <map>

#include "client/trends/effects.h"

namespace meldpunt::trends {

// The tables of a release without negative cells, each adding up to those below it: the total first
// (at least zero), then tables of one attribute, then of two. Of all tables without negative cells
// that add up to the lower ones, each is the nearest to its estimate in squares. From three
// attributes on there need be no such table (pairs can contradict each other): then cells are not
// negative, and sums are as near as they come. Intervals do not hold for any of them.
class TopDown {
 public:
  TopDown(Shape shape, const std::vector<Measured>& measured);

  [[nodiscard]] const std::vector<double>& table(Axes axes);

 private:
  [[nodiscard]] std::vector<double> project(Axes axes, std::vector<double> cells);

  Shape shape_;
  const std::vector<Measured>& measured_;
  std::map<Axes, std::vector<double>> tables_;
};

// Each effect drawn towards zero by as much as its noise alone would explain (James and Stein's
// positive part): often nearer to the truth, and biased. Always labelled as smoothed; never the
// official series. The total and effects of fewer than three degrees of freedom stay as they are.
[[nodiscard]] std::vector<Measured> smoothed(const EffectPlan& plan,
                                             const std::vector<Measured>& measured);

}  // namespace meldpunt::trends
