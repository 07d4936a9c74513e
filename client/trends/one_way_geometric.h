// The narrow first form: the one-way table of each dimension, each cell with two-sided geometric
// noise. With at most a dozen tables this beats any Gaussian noise at δ = 10⁻⁶.
#pragma once

#include "client/trends/mechanism.h"

namespace meldpunt::trends {

class OneWayGeometric : public Mechanism {
 public:
  [[nodiscard]] Plan plan(Billionths share) const override;
  [[nodiscard]] Figures draw(const Plan& plan, const std::vector<CodedCase>& cases,
                             Uniform& uniform) const override;
};

}  // namespace meldpunt::trends
