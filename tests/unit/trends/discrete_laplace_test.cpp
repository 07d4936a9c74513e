#include "client/trends/discrete_laplace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "tests/unit/trends/a_seed.h"

namespace meldpunt::trends::test {
namespace {

double probability(Ratio epsilon, std::int64_t x) {
  const double e = static_cast<double>(epsilon.numerator) / epsilon.denominator;
  return (1 - std::exp(-e)) / (1 + std::exp(-e)) *
         std::exp(-e * static_cast<double>(x < 0 ? -x : x));
}

// The upper tail of chi-square by the continued fraction of the incomplete gamma function.
double chi_square_tail(double statistic, double degrees) {
  const double a = degrees / 2;
  const double x = statistic / 2;
  if (x < a + 1) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < 10'000; ++n) sum += term *= x / (a + n);
    return 1 - sum * std::exp(-x + a * std::log(x) - std::lgamma(a));
  }
  double b = x + 1 - a;
  double c = 1e300;
  double d = 1 / b;
  double h = d;
  for (int n = 1; n < 10'000; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
  }
  return h * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

using Draw = std::int64_t (*)(Ratio, Uniform&);

// p of a million seeded draws; cells of fewer than ten expected draws are one.
double p_of_a_million_draws(Ratio epsilon, Draw draw) {
  constexpr int draws = 1'000'000;
  SeededRandom bytes(20261122);
  UniformFromBytes uniform(bytes);
  std::map<std::int64_t, int> seen;
  for (int i = 0; i < draws; ++i) ++seen[draw(epsilon, uniform)];
  double statistic = 0;
  double expected_inside = 0;
  int seen_inside = 0;
  int cells = 0;
  for (std::int64_t x = 0; draws * probability(epsilon, x) >= 10; ++x) {
    for (const std::int64_t signed_x : {x, -x}) {
      if (signed_x == 0 && x != 0) continue;
      const double expected = draws * probability(epsilon, signed_x);
      statistic += std::pow(seen[signed_x] - expected, 2) / expected;
      expected_inside += expected;
      seen_inside += seen[signed_x];
      ++cells;
      if (x == 0) break;
    }
  }
  const double outside = draws - expected_inside;
  statistic += std::pow(draws - seen_inside - outside, 2) / outside;
  return chi_square_tail(statistic, cells);
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

// Walks every choice that the sampler can make, likely ones first to a depth, and adds up the exact
// chance of each result.
class EveryChoice : public Uniform {
 public:
  struct Unfinished {};

  std::uint64_t below(std::uint64_t bound) override {
    if (at_ == path_.size()) throw Unfinished{};
    if (bounds_.size() == at_) bounds_.push_back(bound);
    weight_ /= static_cast<double>(bound);
    return path_[at_++];
  }

  template <class Result>
  std::map<Result, double> law(const std::function<Result(Uniform&)>& draw, double least) {
    std::map<Result, double> found;
    walk<Result>(draw, least, found);
    return found;
  }

 private:
  template <class Result>
  void walk(const std::function<Result(Uniform&)>& draw, double least,
            std::map<Result, double>& found) {
    at_ = 0;
    weight_ = 1;
    bounds_.resize(std::min(bounds_.size(), path_.size()));
    try {
      const Result result = draw(*this);
      found[result] += weight_;
      return;
    } catch (const Unfinished&) {
    }
    // Ask again what the choice that was missing is between.
    const double so_far = weight_;
    path_.push_back(0);
    at_ = 0;
    weight_ = 1;
    try {
      (void)draw(*this);
    } catch (const Unfinished&) {
    }
    const std::uint64_t bound = bounds_[path_.size() - 1];
    if (so_far / static_cast<double>(bound) >= least) {
      for (std::uint64_t choice = 0; choice < bound; ++choice) {
        path_.back() = choice;
        walk<Result>(draw, least, found);
      }
    }
    path_.pop_back();
  }

  std::vector<std::uint64_t> path_;
  std::vector<std::uint64_t> bounds_;
  std::size_t at_ = 0;
  double weight_ = 1;
};

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
  for (const Ratio ratio : {Ratio{0, 5}, Ratio{1, 1}, Ratio{1, 2}, Ratio{2, 3}, Ratio{3, 4}}) {
    SCOPED_TRACE(std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator));
    auto found = EveryChoice().law<bool>(
        [&](Uniform& uniform) { return bernoulli_exp(ratio, uniform); }, 1e-9);
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
