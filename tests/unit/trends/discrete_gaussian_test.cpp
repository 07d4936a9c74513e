#include "client/trends/discrete_gaussian.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "tests/unit/trends/chi_square.h"
#include "tests/unit/trends/every_choice.h"

namespace meldpunt::trends::test {
namespace {

// The law, summed to where a term is below 10⁻³⁰ of the largest.
class Law {
 public:
  explicit Law(const Variance& variance) : variance_(variance.value()) {
    const auto far = static_cast<std::int64_t>(12 * std::sqrt(variance_)) + 12;
    for (std::int64_t x = -far; x <= far; ++x) total_ += weight(x);
  }
  double operator()(std::int64_t x) const { return weight(x) / total_; }

 private:
  [[nodiscard]] double weight(std::int64_t x) const {
    return std::exp(-static_cast<double>(x * x) / (2 * variance_));
  }

  double variance_;
  double total_ = 0;
};

int draws() { return std::getenv("MELDPUNT_LONG") != nullptr ? 10'000'000 : 1'000'000; }

TEST(GaussianNoise, PassesChiSquareAtAMillionSeededDraws) {
  for (const Variance& variance :
       {Variance{1, 1}, Variance{1, 4}, Variance{17, 3}, Variance{250'001, 1024}}) {
    SCOPED_TRACE(variance.value());
    const Law law(variance);

    EXPECT_GT(
        p_of_draws(draws(), law,
                   [&](Uniform& uniform) { return draw_discrete_gaussian(variance, uniform); }),
        1e-9);
  }
}

TEST(GaussianNoise, WouldFailChiSquareIfItsVarianceWereTwoInAHundredMore) {
  const Law law({100, 1});

  EXPECT_LT(p_of_draws(1'000'000, law,
                       [](Uniform& uniform) {
                         return draw_discrete_gaussian({102, 1}, uniform);
                       }),
            1e-9);
}

// What is found is a lower bound of each chance, and all that is not found is `missing`.
TEST(GaussianNoise, HasExactlyItsLawForSmallVariances) {
  using Attempt = std::optional<std::int64_t>;
  for (const Variance& variance : {Variance{1, 2}, Variance{1, 1}, Variance{3, 4}}) {
    SCOPED_TRACE(variance.value());
    const Law law(variance);
    auto found = EveryChoice().law<Attempt>(
        [&](Uniform& uniform) { return attempt_discrete_gaussian(variance, uniform); }, 1e-7);
    double total = 0;
    for (const auto& [x, chance] : found) total += chance;
    const double missing = 1 - total;
    const double kept = total - found[std::nullopt];
    EXPECT_LT(missing, 0.05);
    for (const auto& [x, chance] : found) {
      if (!x) continue;
      EXPECT_LE(chance, (kept + missing) * law(*x) + 1e-12) << *x;
      EXPECT_GE(chance + missing, kept * law(*x) - 1e-12) << *x;
    }
  }
}

TEST(GaussianNoise, IsNotDrawnWhereItCouldNotBeExact) {
  SeededRandom bytes(1);
  UniformFromBytes uniform(bytes);

  for (const Variance& wrong : {Variance{0, 1}, Variance{1, 0}, Variance{variance_max, 1},
                                Variance{1, variance_denominator_max + 1}}) {
    EXPECT_THROW((void)draw_discrete_gaussian(wrong, uniform), std::logic_error);
  }
  EXPECT_NE(draw_discrete_gaussian({variance_max - 1, 1}, uniform), 0);
}

TEST(WideIntegers, AreUniformAcrossTheirWords) {
  SeededRandom bytes(7);
  UniformFromBytes uniform(bytes);
  const Wide bound = (Wide(3) << 70U) + 5;
  int in_upper_third = 0;
  for (int i = 0; i < 30'000; ++i) {
    const Wide drawn = below(uniform, bound);
    ASSERT_LT(drawn, bound);
    in_upper_third += drawn >= (Wide(2) << 70U) ? 1 : 0;
  }

  EXPECT_NEAR(in_upper_third, 10'000, 450);
}

}  // namespace
}  // namespace meldpunt::trends::test
