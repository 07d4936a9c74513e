// A way to make figures that can point at nobody, in three steps:
//
//   plan     from public things only: predicted intervals and cost, shown before anything is drawn
//   draw     the noise, once
//   figures  what is published
//
// One-way tables with geometric noise (one_way_geometric.h) are the first mechanism; one that
// measures effects of several dimensions with Gaussian noise comes behind the same interface.
#pragma once

#include <string>
#include <vector>

#include "client/trends/privacy_cost.h"
#include "client/trends/tables.h"

namespace meldpunt::trends {

struct PlannedTable {
  const Dimension* dimension = nullptr;
  std::int64_t half_width = 0;  // of the 95 % interval of each cell
};

struct Plan {
  std::vector<PlannedTable> tables;
  Ratio epsilon;                    // of each table, pure
  Billionths pure = 0;              // ε of all tables together, pure, rounded up
  Billionths rho = 0;               // charged to each case that is counted
  Billionths epsilon_at_delta = 0;  // the smaller of what ρ implies and the pure ε
  std::string_view method;          // one sentence, which travels with the figures
};

struct Cell {
  std::int64_t estimate = 0;  // unbiased: it may be negative
  std::int64_t lower = 0;
  std::int64_t upper = 0;

  // The interval is wider than the value: too uncertain to read.
  [[nodiscard]] bool uncertain() const { return upper - lower > estimate; }
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Table {
  const Dimension* dimension = nullptr;
  std::vector<Cell> cells;  // one for each code
};
using Figures = std::vector<Table>;

class Mechanism {
 public:
  Mechanism() = default;
  Mechanism(const Mechanism&) = delete;
  Mechanism& operator=(const Mechanism&) = delete;
  virtual ~Mechanism() = default;

  // share: what may be charged to a case. A plan without tables: it pays for nothing.
  [[nodiscard]] virtual Plan plan(Billionths share) const = 0;
  [[nodiscard]] virtual Figures draw(const Plan& plan, const std::vector<CodedCase>& cases,
                                     Uniform& uniform) const = 0;
};

}  // namespace meldpunt::trends
