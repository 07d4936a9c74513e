#include "client/trends/one_way_geometric.h"

#include <algorithm>

namespace meldpunt::trends {

namespace {

constexpr std::string_view method =
    "Eight one-way tables over fixed code lists; each cell is the count plus discrete Laplace "
    "(two-sided geometric) noise, drawn once with integer arithmetic from the system generator. "
    "Estimates are unbiased and may be negative; nothing is rounded or left out.";

constexpr Billionths billion = 1'000'000'000;

Billionths pure_of(std::uint64_t tables, Ratio epsilon) {
  return (tables * epsilon.numerator * billion + epsilon.denominator - 1) / epsilon.denominator;
}

}  // namespace

Plan OneWayGeometric::plan(Billionths share) const {
  Plan plan;
  plan.method = method;
  plan.epsilon = largest_epsilon(dimension_count, share);
  if (plan.epsilon.numerator == 0) return plan;
  const std::int64_t half_width = half_width_95(plan.epsilon);
  for (const Dimension& dimension : dimensions()) plan.tables.push_back({&dimension, half_width});
  plan.pure = pure_of(dimension_count, plan.epsilon);
  plan.rho = rho_of(dimension_count, plan.epsilon);
  plan.epsilon_at_delta = std::min(plan.pure, epsilon_at_delta(plan.rho));
  return plan;
}

Figures OneWayGeometric::draw(const Plan& plan, const std::vector<CodedCase>& cases,
                              Uniform& uniform) const {
  const Counts counts = count_one_way(cases);
  Figures figures;
  for (std::size_t i = 0; i < plan.tables.size(); ++i) {
    Table table{plan.tables[i].dimension, {}};
    for (const std::int64_t count : counts[i]) {
      const std::int64_t estimate = count + draw_discrete_laplace(plan.epsilon, uniform);
      const std::int64_t half = plan.tables[i].half_width;
      table.cells.push_back({estimate, estimate - half, estimate + half});
    }
    figures.push_back(std::move(table));
  }
  return figures;
}

}  // namespace meldpunt::trends
