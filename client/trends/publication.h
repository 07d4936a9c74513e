// A set of figures as it is published, and how it is made.
//
//   plan        (plan.h) from public things only
//   publish     draws the noise, once
//   json_stat   (json_stat.h) writes it, and reads it again
//
// A release of a coarser cadence also brings the tables of the finer periods within it again, now
// final: least squares over what was measured in all of them (nested_time.h).
#pragma once

#include <string>

#include "client/trends/intervals.h"
#include "client/trends/nested_time.h"
#include "client/trends/plan.h"

namespace meldpunt::trends {

struct Cell {
  double estimate = 0;  // unbiased: it may be negative
  double lower = 0;
  double upper = 0;

  // The interval is wider than the value: too uncertain to read.
  [[nodiscard]] bool uncertain() const { return upper - lower > estimate; }
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Table {
  Axes axes = 0;
  Period period;
  bool final = true;    // false: a coarser period will make it more exact
  double variance = 0;  // of each cell's estimate
  std::vector<Cell> cells;

  friend bool operator==(const Table&, const Table&) = default;
};

struct Publication {
  std::string region;  // its name
  std::uint32_t sequence = 0;
  const Counted* series = nullptr;
  Period period;
  std::string schedule;
  Noise noise = Noise::laplace;
  Charge charge;  // to each case of the period, for this
  Charge whole;   // to a case, in this series, all its life
  std::string method;
  std::vector<Table> tables;
  std::vector<MeasuredEffect> measured;  // of this period; empty unless noise is on effects
};

// Figures are told in hundredths; an interval never shrinks by that.
[[nodiscard]] Cell cell_of(double estimate, double half_width);

struct Occasion {
  std::string region;
  std::uint32_t sequence = 0;
  Period period;
};

// Draws. `earlier`: what this series has published in the same year. std::logic_error for a period
// that the plan has no cadence for, or one of `earlier`.
[[nodiscard]] Publication publish(const Plan& plan, const Occasion& occasion,
                                  const std::vector<CodedCase>& cases,
                                  const std::vector<MeasuredPeriod>& earlier, Uniform& uniform);

}  // namespace meldpunt::trends
