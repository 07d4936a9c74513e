#include "client/trends/effect_levels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace meldpunt::trends {

namespace {

constexpr std::uint64_t planned_denominator = 1024;
constexpr std::uint64_t billion = 1'000'000'000;
constexpr double infinite = std::numeric_limits<double>::infinity();
// What would make an effect more exact by less than about a hundredth is not measured again.
constexpr double worth_measuring = 1.02;

// Every part of a wanted table, but for those that are zero whatever the cases are: an attribute
// with one category has no effect.
std::vector<Axes> parts_of(const Shape& shape, const std::vector<EffectLevel>& levels) {
  std::set<Axes> parts;
  for (const EffectLevel& level : levels) {
    for (const Marginal& marginal : level.marginals) {
      if (cell_count(shape, marginal.axes) > cells_most) {
        throw std::logic_error("a table of more cells than can be released");
      }
      for (Axes part = marginal.axes;; part = (part - 1) & marginal.axes) {
        if (share_left(shape, part) > 0) parts.insert(part);
        if (part == 0) break;
      }
    }
  }
  return {parts.begin(), parts.end()};
}

// What one unit of the effect's variance adds to the level's weighted sum.
double weight_of(const Shape& shape, const std::vector<Marginal>& marginals, Axes part) {
  double weight = 0;
  for (const Marginal& marginal : marginals) {
    if (!part_of(part, marginal.axes)) continue;
    weight += marginal.weight * inverse_squares(shape, marginal.axes & ~part);
  }
  return weight * share_left(shape, part);
}

// Never below; zero when no variance in whole 1,024ths whose noise can be drawn is enough.
Variance rounded_up(double variance, std::uint64_t cells) {
  const double parts = std::ceil(variance * planned_denominator);
  const auto squared = static_cast<double>(cells * cells);
  if (!(parts * squared < static_cast<double>(variance_max * planned_denominator))) return {0, 1};
  return {std::max<std::uint64_t>(static_cast<std::uint64_t>(parts), 1), planned_denominator};
}

// Levels that share one precision once it is told in the periods of the finest of them: only the
// first of them is measured.
struct Block {
  std::size_t level = 0;
  double periods = 1;  // of the effect's finest level, in one of this level
  double weight = 0;
  double price = 0;

  [[nodiscard]] double ratio() const { return weight / price; }
};

// With v = u · periods the precisions may not fall from level to level, and v costs its price: the
// blocks of an isotonic regression (pool adjacent violators).
std::vector<Block> blocks_of(const Shape& shape, const std::vector<EffectLevel>& levels,
                             Axes part) {
  std::vector<Block> blocks;
  double periods = 1;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double weight = weight_of(shape, levels[l].marginals, part);
    if (weight == 0 && blocks.empty()) continue;
    const bool last = l + 1 == levels.size();
    const double next = last ? infinite : periods * levels[l].in_next;
    blocks.push_back({l, periods, weight * periods, 1 / periods - 1 / next});
    while (blocks.size() > 1 &&
           blocks.back().ratio() <= worth_measuring * blocks[blocks.size() - 2].ratio()) {
      const Block above = blocks.back();
      blocks.pop_back();
      blocks.back().weight += above.weight;
      blocks.back().price += above.price;
    }
    periods = next;
  }
  return blocks;
}

struct EffectsBlocks {
  Axes part = 0;
  std::vector<Block> blocks;
};

std::vector<EffectsBlocks> all_blocks(const Shape& shape, const std::vector<EffectLevel>& levels) {
  std::vector<EffectsBlocks> all;
  for (const Axes part : parts_of(shape, levels)) {
    all.push_back({part, blocks_of(shape, levels, part)});
  }
  return all;
}

std::vector<EffectPlan> without_effects(const Shape& shape,
                                        const std::vector<EffectLevel>& levels) {
  std::vector<EffectPlan> plans;
  for (const EffectLevel& level : levels) plans.push_back({shape, level.marginals, {}, 0});
  return plans;
}

double precision_of(const EffectPlan& plan, Axes part) {
  const auto found = std::ranges::find(plan.effects, part, &Effect::axes);
  return found == plan.effects.end() ? 0 : 1 / found->variance.value();
}

// At the level, and below what the finer ones bring.
double precision_up_to(const std::vector<EffectPlan>& plans, const std::vector<EffectLevel>& levels,
                       std::size_t level, Axes part) {
  double precision = 0;
  for (std::size_t l = 0; l <= level; ++l) {
    if (l > 0) precision /= levels[l - 1].in_next;
    precision += precision_of(plans[l], part);
  }
  return precision;
}

// One of n parts with variance v each, whose sum becomes known with another variance.
double once_the_sum_is_known(double v, double n, double of_sum) {
  return v * (1 - 1 / n) + of_sum / (n * n);
}

}  // namespace

// Lagrange: Σ weight/v + λ p/2 price v is least for v ∝ √(weight / (p price)).
std::vector<EffectPlan> plan_levels(const Shape& shape, const std::vector<EffectLevel>& levels,
                                    Billionths share) {
  std::vector<EffectPlan> plans = without_effects(shape, levels);
  const std::vector<EffectsBlocks> all = all_blocks(shape, levels);
  double sum = 0;
  std::size_t draws = 0;
  for (const auto& [part, blocks] : all) {
    for (const Block& block : blocks) {
      sum += std::sqrt(block.weight * block.price * share_left(shape, part));
      ++draws;
    }
  }
  // Each draw's cost is rounded up by less than a billionth.
  if (share <= draws) return plans;
  const double rho = static_cast<double>(share - draws) / billion;
  for (const auto& [part, blocks] : all) {
    double below = 0;
    for (const Block& block : blocks) {
      const double v =
          2 * rho / sum * std::sqrt(block.weight / (block.price * share_left(shape, part)));
      const Effect effect{part, rounded_up(block.periods / (v - below), cell_count(shape, part))};
      below = v;
      if (effect.variance.numerator == 0) return without_effects(shape, levels);
      plans[block.level].effects.push_back(effect);
      plans[block.level].rho += cost_of(shape, effect);
    }
  }
  Billionths whole = 0;
  for (const EffectPlan& plan : plans) whole += plan.rho;
  // Where planning's floating point was wrong by more than the billionths.
  if (whole > share) throw std::logic_error("a plan that costs more than its share");
  return plans;
}

EffectPlan plan_effects(const Shape& shape, const std::vector<Marginal>& marginals,
                        Billionths share) {
  return plan_levels(shape, {{marginals}}, share).front();
}

Foreseen foresee(const std::vector<EffectPlan>& plans, const std::vector<EffectLevel>& levels,
                 std::size_t level, Axes axes) {
  const Shape& shape = plans.at(level).shape;
  Foreseen foreseen;
  for (Axes part = axes;; part = (part - 1) & axes) {
    const double share = share_left(shape, part) * inverse_squares(shape, axes & ~part);
    if (share > 0) {
      double end = 1 / precision_up_to(plans, levels, plans.size() - 1, part);
      for (std::size_t l = plans.size() - 1; l-- > level;) {
        end = once_the_sum_is_known(1 / precision_up_to(plans, levels, l, part), levels[l].in_next,
                                    end);
      }
      foreseen.at_first += share / precision_up_to(plans, levels, level, part);
      foreseen.in_the_end += share * end;
    }
    if (part == 0) break;
  }
  return foreseen;
}

}  // namespace meldpunt::trends
