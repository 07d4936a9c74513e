// The privacy of one effect, by adding up its whole law for small tables: the Rényi divergence
// between what is published with and without one case is what is charged.
//
// What is published of w is centre(w), so two w's that differ by something constant along an axis
// are one outcome. An outcome is named by the contrasts of w: differences to the last category of
// each axis. They are sums of independent noise, so their law is found by convolution.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/trends/effects.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

using Real = long double;

// e^(−x² / 2σ²) / Σ over |x| ≤ reach: tails are below 10⁻³⁰ of what counts.
class Noise {
 public:
  Noise(double variance, std::int64_t reach) : reach_(reach) {
    Real total = 0;
    for (std::int64_t x = -reach; x <= reach; ++x) {
      const Real weight = std::exp(-static_cast<Real>(x * x) / (2 * static_cast<Real>(variance)));
      weights_.push_back(weight);
      total += weight;
    }
    for (Real& weight : weights_) weight /= total;
  }
  [[nodiscard]] Real operator()(std::int64_t x) const {
    return x < -reach_ || x > reach_ ? 0 : weights_[static_cast<std::size_t>(x + reach_)];
  }
  [[nodiscard]] std::int64_t reach() const { return reach_; }

 private:
  std::int64_t reach_;
  std::vector<Real> weights_;
};

// log Σ P^α Q^(1−α) / (α − 1), where Q is P moved by the shift.
template <class Law>
Real divergence(int alpha, std::int64_t reach, std::int64_t shift, Law law) {
  std::vector<Real> chances;
  for (std::int64_t z = -reach; z <= reach; ++z) chances.push_back(law(z));
  const auto at = [&](std::int64_t z) {
    return z < -reach || z > reach ? Real{0} : chances[static_cast<std::size_t>(z + reach)];
  };
  Real sum = 0;
  for (std::int64_t z = -reach; z <= reach; ++z) {
    const Real p = at(z);
    const Real q = at(z - shift);
    if (p > 0 && q > 0) sum += std::exp(alpha * std::log(p) + (1 - alpha) * std::log(q));
  }
  return std::log(sum) / (alpha - 1);
}

// Far enough for the shifted sum too, whose weight lies (α − 1) shifts away.
std::int64_t reach_of(double variance, std::int64_t shift, int alpha) {
  return static_cast<std::int64_t>(13 * std::sqrt(variance)) +
         (shift < 0 ? -shift : shift) * alpha + 8;
}

double charged(const Shape& shape, Axes axes, const Variance& variance, int alpha) {
  return alpha * static_cast<double>(cost_of(shape, {axes, variance})) / 1e9;
}

// cost_of() rounds up to a billionth, which α multiplies.
void expect_is_charged(Real found, const Shape& shape, Axes axes, const Variance& variance,
                       int alpha) {
  const double cost = charged(shape, axes, variance, alpha);
  EXPECT_LE(static_cast<double>(found), cost + 1e-12);
  EXPECT_NEAR(static_cast<double>(found), cost, alpha * 1e-9 + 1e-9);
}

const std::vector<Variance> variances{{1, 1}, {5, 2}, {9, 1}};
const std::vector<int> alphas{2, 4, 8, 16};

TEST(TheChargedCost, IsTheDivergenceOfTheTotal) {
  for (const Variance& variance : variances) {
    for (const int alpha : alphas) {
      const std::int64_t reach = reach_of(variance.value(), 1, alpha);
      const Noise noise(variance.value(), reach);
      expect_is_charged(divergence(alpha, reach, 1, noise), {3}, 0, variance, alpha);
    }
  }
}

// Two categories: one contrast, z = w₀ − w₁; a case moves it by M = 2.
TEST(TheChargedCost, IsTheDivergenceOfAnEffectOfTwoCategories) {
  for (const Variance& variance : variances) {
    for (const int alpha : alphas) {
      const double noise_variance = 4 * variance.value();
      const std::int64_t reach = reach_of(2 * noise_variance, 2, alpha);
      const Noise noise(noise_variance, reach);
      const auto law = [&](std::int64_t z) {
        Real sum = 0;
        for (std::int64_t x = -reach; x <= reach; ++x) sum += noise(x) * noise(x - z);
        return sum;
      };
      expect_is_charged(divergence(alpha, reach, 2, law), {2}, 1, variance, alpha);
    }
  }
}

// Two attributes of two categories: one contrast, z = w₀₀ − w₀₁ − w₁₀ + w₁₁; a case moves it by 4.
TEST(TheChargedCost, IsTheDivergenceOfAnEffectOfTwoByTwoCategories) {
  for (const Variance& variance : variances) {
    for (const int alpha : alphas) {
      const double noise_variance = 16 * variance.value();
      const std::int64_t reach = reach_of(4 * noise_variance, 4, alpha);
      const Noise noise(noise_variance, reach);
      std::vector<Real> pair;  // of the sum of two
      for (std::int64_t z = -reach; z <= reach; ++z) {
        Real sum = 0;
        for (std::int64_t x = -reach; x <= reach; ++x) sum += noise(x) * noise(z - x);
        pair.push_back(sum);
      }
      const auto law = [&](std::int64_t z) {
        Real sum = 0;
        for (std::int64_t x = -reach; x <= reach; ++x) {
          if (z - x < -reach || z - x > reach) continue;
          sum += pair[static_cast<std::size_t>(x + reach)] *
                 pair[static_cast<std::size_t>(z - x + reach)];
        }
        return sum;
      };
      expect_is_charged(divergence(alpha, reach, 4, law), {2, 2}, 0b11, variance, alpha);
    }
  }
}

// The law of two contrasts, (x₀ − x₂, x₁ − x₂), of three independent numbers that have one law.
class TwoContrasts {
 public:
  // `spread`: how far from its middle the third number is looked at.
  template <class One>
  TwoContrasts(std::int64_t reach, std::int64_t spread, One one)
      : reach_(reach), law_(side() * side()) {
    for (std::int64_t a = -reach; a <= reach; ++a) {
      for (std::int64_t b = -reach; b <= reach; ++b) {
        // The weight lies where the third is minus a third of both.
        const std::int64_t middle = -(a + b) / 3;
        Real sum = 0;
        for (std::int64_t k = middle - spread; k <= middle + spread; ++k) {
          sum += one(a + k) * one(b + k) * one(k);
        }
        law_[place(a, b)] = sum;
      }
    }
  }

  // Of the law and the same moved.
  [[nodiscard]] Real divergence(int alpha, std::int64_t by_first, std::int64_t by_second) const {
    Real sum = 0;
    for (std::int64_t a = -reach_; a <= reach_; ++a) {
      for (std::int64_t b = -reach_; b <= reach_; ++b) {
        const Real p = at(a, b);
        const Real q = at(a - by_first, b - by_second);
        if (p > 0 && q > 0) sum += std::exp(alpha * std::log(p) + (1 - alpha) * std::log(q));
      }
    }
    return std::log(sum) / (alpha - 1);
  }

 private:
  [[nodiscard]] std::size_t side() const { return static_cast<std::size_t>(2 * reach_ + 1); }
  [[nodiscard]] std::size_t place(std::int64_t a, std::int64_t b) const {
    return static_cast<std::size_t>(a + reach_) * side() + static_cast<std::size_t>(b + reach_);
  }
  [[nodiscard]] Real at(std::int64_t a, std::int64_t b) const {
    if (a < -reach_ || a > reach_ || b < -reach_ || b > reach_) return 0;
    return law_[place(a, b)];
  }

  std::int64_t reach_;
  std::vector<Real> law_;
};

// Three categories: the contrasts of w. A case of category 0 moves them by (3, 0), one of category
// 2 by (−3, −3).
TEST(TheChargedCost, IsTheDivergenceOfAnEffectOfThreeCategories) {
  for (const Variance& variance : variances) {
    const double noise_variance = 9 * variance.value();
    for (const int alpha : alphas) {
      const std::int64_t reach = reach_of(2 * noise_variance, 3, alpha);
      const auto spread = static_cast<std::int64_t>(14 * std::sqrt(noise_variance)) + 8;
      const TwoContrasts law(reach, spread, Noise(noise_variance, reach));
      expect_is_charged(law.divergence(alpha, 3, 0), {3}, 1, variance, alpha);
      expect_is_charged(law.divergence(alpha, -3, -3), {3}, 1, variance, alpha);
    }
  }
}

// Two by three categories: the contrasts of the differences d_j = w₀ⱼ − w₁ⱼ. A case of cell (0, 0)
// moves them by (6, 0), one of (0, 2) by (−6, −6).
TEST(TheChargedCost, IsTheDivergenceOfAnEffectOfTwoByThreeCategories) {
  const Variance variance{1, 1};
  const double noise_variance = 36 * variance.value();
  const std::int64_t reach = reach_of(4 * noise_variance, 6, 16);
  const Noise noise(noise_variance, reach);
  std::vector<Real> difference;  // the law of d, for |d| ≤ 2 reach
  for (std::int64_t d = -2 * reach; d <= 2 * reach; ++d) {
    Real sum = 0;
    for (std::int64_t x = -reach; x <= reach; ++x) sum += noise(x) * noise(x - d);
    difference.push_back(sum);
  }
  const auto spread = static_cast<std::int64_t>(12 * std::sqrt(2 * noise_variance)) + 8;
  const TwoContrasts law(reach, spread, [&](std::int64_t d) {
    return d < -2 * reach || d > 2 * reach ? Real{0}
                                           : difference[static_cast<std::size_t>(d + 2 * reach)];
  });
  for (const int alpha : alphas) {
    expect_is_charged(law.divergence(alpha, 6, 0), {2, 3}, 0b11, variance, alpha);
    expect_is_charged(law.divergence(alpha, -6, -6), {2, 3}, 0b11, variance, alpha);
  }
}

// The law of Σ vᵢ xᵢ of independent numbers that have one law, for sums up to the reach.
std::vector<Real> law_of_sum(const std::vector<std::int64_t>& factors, const Noise& noise,
                             std::int64_t reach) {
  const auto size = static_cast<std::size_t>(2 * reach + 1);
  std::vector<Real> law(size);
  law[static_cast<std::size_t>(reach)] = 1;
  for (const std::int64_t factor : factors) {
    std::vector<Real> next(size);
    for (std::int64_t x = -noise.reach(); x <= noise.reach(); ++x) {
      const std::int64_t by = factor * x;
      for (std::int64_t z = std::max(-reach, -reach - by); z <= std::min(reach, reach - by); ++z) {
        next[static_cast<std::size_t>(z + by + reach)] +=
            law[static_cast<std::size_t>(z + reach)] * noise(x);
      }
    }
    law = std::move(next);
  }
  return law;
}

// The centre of M at the first of M cells: what a case there moves w by.
std::vector<std::int64_t> moved_by_first(const Shape& shape, std::size_t cells) {
  std::vector<std::int64_t> moved(cells);
  moved[0] = 1;
  centre_times_cells(shape, 0b11, moved);
  return moved;
}

// Three by three categories have four contrasts, too many to add up, but what is published lies
// between two things that can be. It is a function of all of w, which a case moves by v; and Σ vᵢ
// wᵢ is a function of it, since v is at right angles to all that is forgotten. No function of a
// thing diverges more than the thing.
void expect_is_charged_for_two(const Shape& shape, std::int64_t cells, const Variance& variance) {
  const auto moved = moved_by_first(shape, static_cast<std::size_t>(cells));
  const std::int64_t length = cells * moved[0];  // Σ vᵢ²
  const double noise_variance = static_cast<double>(cells * cells) * variance.value();
  const std::int64_t reach = reach_of(static_cast<double>(length) * noise_variance, length, 16);
  const auto law =
      law_of_sum(moved, Noise(noise_variance, reach_of(noise_variance, moved[0], 16)), reach);
  for (const int alpha : alphas) {
    Real most = 0;
    for (const std::int64_t by : moved) {
      const std::int64_t far = reach_of(noise_variance, by, alpha);
      most += divergence(alpha, far, by, Noise(noise_variance, far));
    }
    const Real least = divergence(alpha, reach, length, [&](std::int64_t z) {
      return law[static_cast<std::size_t>(z + reach)];
    });
    expect_is_charged(least, shape, 0b11, variance, alpha);
    expect_is_charged(most, shape, 0b11, variance, alpha);
  }
}

TEST(TheChargedCost, IsTheDivergenceOfAnEffectOfThreeByThreeCategories) {
  EXPECT_EQ(moved_by_first({3, 3}, 9), (std::vector<std::int64_t>{4, -2, -2, -2, 1, 1, -2, 1, 1}));
  for (const Variance& variance : variances) {
    expect_is_charged_for_two({3, 3}, 9, variance);
    expect_is_charged_for_two({2, 3}, 6, variance);
  }
}

// What the sums above rest on: outcomes are the same exactly when the contrasts are.
TEST(WhatIsPublished, ForgetsWhatIsConstantAlongAnAxis) {
  const Shape shape{3, 3};
  SeededRandom bytes(3);
  UniformFromBytes uniform(bytes);
  for (std::size_t round = 0; round < 100; ++round) {
    std::vector<std::int64_t> cells;
    for (int i = 0; i < 9; ++i) cells.push_back(static_cast<std::int64_t>(uniform.below(100)));
    std::vector<std::int64_t> moved = cells;
    for (std::size_t row = 0; row < 3; ++row) {
      const auto by_row = static_cast<std::int64_t>(uniform.below(9));
      const auto by_column = static_cast<std::int64_t>(uniform.below(9));
      for (std::size_t i = 0; i < 3; ++i) {
        moved[row * 3 + i] += by_row;
        moved[i * 3 + row] += by_column;
      }
    }
    std::vector<std::int64_t> other = cells;
    other[round % 9] += 1;
    centre_times_cells(shape, 0b11, cells);
    centre_times_cells(shape, 0b11, moved);
    centre_times_cells(shape, 0b11, other);

    EXPECT_EQ(cells, moved);
    EXPECT_NE(cells, other);
  }
}

}  // namespace
}  // namespace meldpunt::trends::test
