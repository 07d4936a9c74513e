// A game: somebody who knows every case but one, and that one's codes, has to say from the
// published effects whether it was counted. The best way is the likelihood ratio; whatever it
// reaches must stay within what (ε, δ) states.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "client/trends/effects.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int games = 10'000;
#else
constexpr int games = 100'000;
#endif
constexpr double doubt = 0.001;  // of each bound: Clopper and Pearson's 99.9 %

double at_least(int hits) {
  return hits == 0 ? 0 : quantile(boost::math::beta_distribution<>(hits, games - hits + 1), doubt);
}
double at_most(int hits) {
  return hits == games
             ? 1
             : quantile(boost::math::beta_distribution<>(hits + 1, games - hits), 1 - doubt);
}

const Shape shape{2, 2, 3};
const std::vector<std::uint32_t> the_one{1, 0, 2};

Records cases(bool with_the_one) {
  Records records(shape);
  for (std::uint32_t i = 0; i < 20; ++i) records.add({i % 2, (i / 2) % 2, i % 3});
  if (with_the_one) records.add(the_one);
  return records;
}

// How much likelier what was published is with the one than without, up to a constant: for each
// effect the published values along what the one case adds, over the variance.
class Attack {
 public:
  explicit Attack(const EffectPlan& plan) : plan_(plan) {
    Records one(shape);
    one.add(the_one);
    const Records others = cases(false);
    for (const Effect& effect : plan.effects) {
      added_.push_back(one.count(effect.axes));
      known_.push_back(others.count(effect.axes));
      for (auto* counts : {&added_.back(), &known_.back()}) {
        centre_times_cells(shape, effect.axes, *counts);
      }
    }
  }
  [[nodiscard]] double operator()(const std::vector<Measured>& published) const {
    double sum = 0;
    for (std::size_t e = 0; e < published.size(); ++e) {
      const auto cells = static_cast<double>(cell_count(shape, published[e].axes));
      double along = 0;
      for (std::size_t i = 0; i < added_[e].size(); ++i) {
        const double value = static_cast<double>(published[e].scaled[i]) / (cells * cells) -
                             static_cast<double>(known_[e][i]) / cells;
        along += value * static_cast<double>(added_[e][i]) / cells;
      }
      sum += along / plan_.effects[e].variance.value();
    }
    return sum;
  }

 private:
  const EffectPlan& plan_;
  std::vector<std::vector<std::int64_t>> added_;
  std::vector<std::vector<std::int64_t>> known_;
};

std::vector<double> scores(const EffectPlan& plan, bool with_the_one, std::uint64_t seed) {
  const Attack attack(plan);
  const Records records = cases(with_the_one);
  SeededRandom bytes(seed);
  UniformFromBytes uniform(bytes);
  std::vector<double> all;
  for (int game = 0; game < games; ++game) all.push_back(attack(measure(plan, records, uniform)));
  std::ranges::sort(all);
  return all;
}

// The most that any threshold surely reaches beyond the bound: P(hit) − (e^ε P(false alarm) + δ).
double beyond_the_bound(const EffectPlan& plan, double epsilon) {
  const auto with = scores(plan, true, 1);
  const auto without = scores(plan, false, 2);
  const auto above = [](const std::vector<double>& sorted, double threshold) {
    return static_cast<int>(sorted.end() - std::ranges::upper_bound(sorted, threshold));
  };
  double most = -1;
  for (std::size_t i = 0; i < with.size(); i += with.size() / 100) {
    const double hit = at_least(above(with, with[i]));
    const double false_alarm = at_most(above(without, with[i]));
    most = std::max(most, hit - (std::exp(epsilon) * false_alarm + delta));
  }
  return most;
}

const std::vector<Marginal> all_pairs{{0b011}, {0b101}, {0b110}};

TEST(WhoeverGuessesMembership, StaysWithinTheStatedBound) {
  const EffectPlan plan = plan_effects(shape, all_pairs, 88'200'000);

  EXPECT_LT(beyond_the_bound(plan, static_cast<double>(epsilon_at_delta(plan.rho)) / 1e9), 0);
}

// The attack is good enough to see noise that is too small for what is stated.
TEST(WhoeverGuessesMembership, WouldBeSeenBeyondABoundThatIsNotKept) {
  const EffectPlan plan = plan_effects(shape, all_pairs, 2'000'000'000);

  EXPECT_GT(beyond_the_bound(plan, 2), 0.1);
}

}  // namespace
}  // namespace meldpunt::trends::test
