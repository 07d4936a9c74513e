// Cases of four quarters, and the releases of a year of them.
#pragma once

#include "client/trends/publication.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {

inline Plan plan_of(const Counted& series, std::string_view schedule, const Budget& budget = {}) {
  return make_plan(series, *find_schedule(series, schedule), budget);
}

class AYearOfCases {
 public:
  AYearOfCases() {
    for (std::uint32_t q = 0; q < 4; ++q) {
      for (std::uint32_t i = 0; i < 30 + 10 * q; ++i) {
        quarters_[q].push_back(coded(inflow(), Codes{{"form", i % 3 == 0 ? "SEX" : "LAB"},
                                                     {"age", i % 5 == 0 ? "MINOR" : "ADULT"},
                                                     {"gender", i % 2 == 0 ? "F" : "M"}}));
      }
    }
  }

  [[nodiscard]] const std::vector<CodedCase>& quarter(std::size_t q) const { return quarters_[q]; }
  [[nodiscard]] std::vector<CodedCase> all() const {
    std::vector<CodedCase> cases;
    for (const auto& quarter : quarters_) cases.insert(cases.end(), quarter.begin(), quarter.end());
    return cases;
  }

  // Four quarters, then the year.
  [[nodiscard]] std::vector<Publication> releases(const Plan& plan, std::uint64_t seed) const {
    SeededRandom bytes(seed);
    UniformFromBytes uniform(bytes);
    std::vector<Publication> releases;
    std::vector<MeasuredPeriod> earlier;
    const Period year = *read_period("2026");
    for (std::size_t q = 0; q < 4; ++q) {
      const Period period = parts_of(year)[q];
      const auto number = static_cast<std::uint32_t>(q + 1);
      releases.push_back(
          publish(plan, {"IJsselland", number, period}, quarters_[q], earlier, uniform));
      earlier.push_back({period, releases.back().measured});
    }
    if (plan.of(Cadence::year) == nullptr) return releases;
    releases.push_back(publish(plan, {"IJsselland", 5, year}, all(), earlier, uniform));
    return releases;
  }

 private:
  std::array<std::vector<CodedCase>, 4> quarters_;
};

}  // namespace meldpunt::trends::test
