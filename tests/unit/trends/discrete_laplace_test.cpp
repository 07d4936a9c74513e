#include "client/trends/discrete_laplace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <optional>

#include "client/trends/bernoulli_exp.h"
#include "client/trends/intervals.h"
#include "tests/unit/trends/chi_square.h"
#include "tests/unit/trends/every_choice.h"

namespace meldpunt::trends::test {
namespace {

double probability(Ratio epsilon, std::int64_t x) {
  const double e = static_cast<double>(epsilon.numerator) / epsilon.denominator;
  return (1 - std::exp(-e)) / (1 + std::exp(-e)) *
         std::exp(-e * static_cast<double>(x < 0 ? -x : x));
}

double p_of_a_million_draws(Ratio epsilon,
                            const std::function<std::int64_t(Ratio, Uniform&)>& draw) {
  return p_of_draws(
      1'000'000, [&](std::int64_t x) { return probability(epsilon, x); },
      [&](Uniform& uniform) { return draw(epsilon, uniform); });
}

TEST(TheSampler, PassesChiSquareAtAMillionSeededDraws) {
  for (const Ratio epsilon : {Ratio{31, 250}, Ratio{1, 1}, Ratio{1, 8}, Ratio{7, 3}}) {
    SCOPED_TRACE(std::to_string(epsilon.numerator) + "/" + std::to_string(epsilon.denominator));
    EXPECT_GT(p_of_a_million_draws(epsilon, draw_discrete_laplace), 1e-9);
  }
}

// The check itself must be able to see a small fault: one draw in a hundred is moved by one.
TEST(TheSampler, WouldFailChiSquareIfOneDrawInAHundredWereMoved) {
  const auto faulty = [](Ratio epsilon, Uniform& uniform) {
    const std::int64_t x = draw_discrete_laplace(epsilon, uniform);
    return uniform.below(100) == 0 ? x + 1 : x;
  };

  EXPECT_LT(p_of_a_million_draws({1, 1}, faulty), 1e-9);
}

// What is found is a lower bound of each chance, and all that is not found is `missing`.
TEST(TheSampler, DrawsExactlyTheLawForEverySmallParameter) {
  using Attempt = std::optional<std::int64_t>;
  for (const Ratio epsilon : {Ratio{1, 1}, Ratio{2, 1}, Ratio{1, 2}, Ratio{3, 2}, Ratio{1, 3}}) {
    SCOPED_TRACE(std::to_string(epsilon.numerator) + "/" + std::to_string(epsilon.denominator));
    auto found = EveryChoice().law<Attempt>(
        [&](Uniform& uniform) { return attempt_discrete_laplace(epsilon, uniform); }, 2e-7);
    double total = 0;
    for (const auto& [x, chance] : found) total += chance;
    const double missing = 1 - total;
    const double kept = total - found[std::nullopt];
    EXPECT_LT(missing, 0.01);
    for (const auto& [x, chance] : found) {
      if (!x) continue;
      EXPECT_LE(chance, (kept + missing) * probability(epsilon, *x) + 1e-12) << *x;
      EXPECT_GE(chance + missing, kept * probability(epsilon, *x) - 1e-12) << *x;
    }
  }
}

TEST(BernoulliOfAnExponential, IsTrueWithExactlyThatChance) {
  for (const Ratio ratio : {Ratio{0, 5}, Ratio{1, 1}, Ratio{1, 2}, Ratio{2, 3}, Ratio{5, 3}}) {
    SCOPED_TRACE(std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator));
    auto found = EveryChoice().law<bool>(
        [&](Uniform& uniform) {
          return bernoulli_exp(Wide(ratio.numerator), Wide(ratio.denominator), uniform);
        },
        1e-9);
    const double missing = 1 - found[true] - found[false];
    const double chance = std::exp(-static_cast<double>(ratio.numerator) / ratio.denominator);
    EXPECT_LT(missing, 1e-4);
    EXPECT_LE(found[true], chance + 1e-12);
    EXPECT_GE(found[true] + missing, chance - 1e-12);
  }
}

TEST(UniformIntegers, ThrowAwayBytesThatWouldMakeOneLikelier) {
  class Bytes : public RandomBytes {
   public:
    void fill(crypto::MutableBytes out) override {
      // 2^64 mod 3 is 1: of the 2^64 values only zero has to go.
      std::fill(out.begin(), out.end(), 0);
      if (asked++ > 0) out.back() = 5;
    }
    int asked = 0;
  } bytes;

  EXPECT_EQ(UniformFromBytes(bytes).below(3), 2U);
  EXPECT_EQ(bytes.asked, 2);
}

TEST(TheInterval, CoversAtLeast95InAHundredAndNoLessWideOneDoes) {
  for (const Ratio epsilon : {Ratio{31, 250}, Ratio{1, 1}, Ratio{1, 100}, Ratio{5, 1},
                              Ratio{1, 1000}, Ratio{999, 1000}}) {
    SCOPED_TRACE(std::to_string(epsilon.numerator) + "/" + std::to_string(epsilon.denominator));
    const std::int64_t k = half_width_95(epsilon);
    double inside = 0;
    for (std::int64_t x = -k; x <= k; ++x) inside += probability(epsilon, x);
    EXPECT_GE(inside, 0.95 - 1e-9);
    if (k > 0) {
      EXPECT_LT(inside - 2 * probability(epsilon, k), 0.95);
    }
  }
}

}  // namespace
}  // namespace meldpunt::trends::test
