#include "tests/bench/yardstick/methods.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "client/trends/consistent.h"
#include "client/trends/intervals.h"
#include "client/trends/shared_total.h"

namespace meldpunt::bench {

namespace {

using trends::Axes;

// Our noise is drawn as in a release, but seeded, so that a run can be repeated.
class FromRandom : public trends::Uniform {
 public:
  explicit FromRandom(Random& random) : random_(random) {}
  std::uint64_t below(std::uint64_t bound) override {
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
  }

 private:
  Random& random_;
};

// Tables of as many attributes weigh the same together, whatever their number.
std::vector<trends::Marginal> wanted(const Problem& problem) {
  std::map<int, double> tables;
  for (const Axes axes : problem.tables()) ++tables[std::popcount(axes)];
  std::vector<trends::Marginal> marginals;
  for (const Axes axes : problem.tables()) {
    marginals.push_back({axes, 1 / tables[std::popcount(axes)]});
  }
  return marginals;
}

// As tables without intervals are published.
void cut_at_zero(PublishedTable& table) {
  for (double& cell : table.cells) cell = std::max(0.0, cell);
}

Method of_effects(const Problem& problem, bool smooth) {
  const auto plan = std::make_shared<trends::EffectPlan>(
      trends::plan_effects(problem.records.shape(), wanted(problem),
                           static_cast<trends::Billionths>(problem.rho() * 1e9)));
  return {smooth ? "ours, smoothed" : "ours", [&problem, plan, smooth](Random& random) {
            FromRandom uniform(random);
            auto measured = trends::measure(*plan, problem.records, uniform);
            if (smooth) measured = trends::smoothed(*plan, measured);
            Published published;
            for (const Axes axes : problem.tables()) {
              published[axes] = {trends::estimate(plan->shape, measured, axes),
                                 {},
                                 smooth ? 0 : trends::half_width_of(*plan, axes)};
              if (smooth) cut_at_zero(published[axes]);
            }
            return published;
          }};
}

// One-way tables with discrete Laplace noise: a record changes one cell of each.
Method of_cells(const Problem& problem) {
  const auto tables = problem.tables();
  const auto thousandths =
      static_cast<std::uint32_t>(problem.epsilon * 1000 / static_cast<double>(tables.size()));
  const trends::Ratio epsilon{thousandths, 1000};
  const auto half_width = static_cast<double>(trends::half_width_95(epsilon));
  return {"ours", [&problem, tables, epsilon, half_width](Random& random) {
            FromRandom uniform(random);
            std::vector<trends::OneWayTable> drawn;
            for (const Axes axes : tables) {
              drawn.push_back({axes, {}});
              for (const std::int64_t count : problem.records.count(axes)) {
                drawn.back().cells.push_back(
                    static_cast<double>(count + trends::draw_discrete_laplace(epsilon, uniform)));
              }
            }
            trends::make_totals_agree(drawn);
            Published published;
            for (trends::OneWayTable& table : drawn) {
              const double left = trends::noise_left(problem.records.shape(), tables, table.axes);
              published[table.axes] = {std::move(table.cells), {}, half_width * std::sqrt(left)};
            }
            return published;
          }};
}

// What the planner would take for one-way tables alone: pure ε when it errs less.
bool laplace_is_nearer(const Problem& problem) {
  if (problem.order != 1) return false;
  const auto tables = static_cast<double>(problem.tables().size());
  const auto plan = trends::plan_effects(problem.records.shape(), wanted(problem),
                                         static_cast<trends::Billionths>(problem.rho() * 1e9));
  double of_effects = 0;
  for (const Axes axes : problem.tables()) {
    of_effects += std::sqrt(2 / std::numbers::pi * trends::variance_of(plan, axes)) / tables;
  }
  const double q = std::exp(-problem.epsilon / tables);
  return 2 * q / (1 - q * q) < of_effects;
}

Method projected(const Problem& problem) {
  const auto plan = std::make_shared<trends::EffectPlan>(
      trends::plan_effects(problem.records.shape(), wanted(problem),
                           static_cast<trends::Billionths>(problem.rho() * 1e9)));
  return {"ours, projected", [&problem, plan](Random& random) {
            FromRandom uniform(random);
            const auto measured = trends::measure(*plan, problem.records, uniform);
            trends::TopDown tables(plan->shape, measured);
            Published published;
            for (const Axes axes : problem.tables()) published[axes] = {tables.table(axes), {}, 0};
            return published;
          }};
}

// Independent noise on every cell of every table.
Method per_cell(std::string name, const Problem& problem, std::function<double(Random&)> noise) {
  return {std::move(name), [&problem, noise = std::move(noise)](Random& random) {
            Published published;
            for (const Axes axes : problem.tables()) {
              PublishedTable& table = published[axes];
              for (const std::int64_t count : problem.records.count(axes)) {
                table.cells.push_back(static_cast<double>(count) + noise(random));
              }
              cut_at_zero(table);
            }
            return published;
          }};
}

// Not private: for scale.
Method threshold_and_rounding(const Problem& problem) {
  return {"threshold 5, rounded to 5 (not private)", [&problem](Random&) {
            Published published;
            for (const Axes axes : problem.tables()) {
              PublishedTable& table = published[axes];
              for (const std::int64_t count : problem.records.count(axes)) {
                table.cells.push_back(std::round(static_cast<double>(count) / 5) * 5);
                table.reported.push_back(count >= 5);
              }
            }
            return published;
          }};
}

Method nothing(const Problem& problem) {
  return {"nothing", [&problem](Random&) {
            Published published;
            for (const Axes axes : problem.tables()) {
              const auto cells = trends::cell_count(problem.records.shape(), axes);
              published[axes] = {std::vector<double>(cells), std::vector<bool>(cells, false), 0};
            }
            return published;
          }};
}

}  // namespace

std::vector<Method> all_methods(const Problem& problem) {
  const auto tables = static_cast<double>(problem.tables().size());
  const double scale = tables / problem.epsilon;
  const double sigma = std::sqrt(tables / (2 * problem.rho()));
  std::vector<Method> methods{
      laplace_is_nearer(problem) ? of_cells(problem) : of_effects(problem, false),
      of_effects(problem, true)};
  if (problem.order <= 2) methods.push_back(projected(problem));
  methods.push_back(per_cell("Laplace per cell", problem, [scale](Random& random) {
    std::exponential_distribution<double> law(1 / scale);
    return law(random) - law(random);
  }));
  methods.push_back(per_cell("Gaussian per cell", problem, [sigma](Random& random) {
    return std::normal_distribution<double>(0, sigma)(random);
  }));
  using Named = std::pair<const char*, Fabrication>;
  using Split = std::pair<const char*, Accuracy>;
  for (const auto& [fabrication, thresholds] :
       {Named{"uncontrolled", Fabrication::Uncontrolled}, Named{"balanced", Fabrication::Balanced},
        Named{"progressive", Fabrication::Progressive}, Named{"minimize", Fabrication::Minimize}}) {
    for (const auto& [accuracy, split] :
         {Split{"even", Accuracy::Balanced}, Split{"large counts", Accuracy::LargeCounts},
          Split{"small counts", Accuracy::SmallCounts}}) {
      const ShowcaseMode mode{thresholds, split};
      methods.push_back(
          {std::string("Showcase, ") + fabrication + ", " + accuracy,
           [&problem, mode](Random& random) { return showcase(problem, mode, random); }});
    }
  }
  methods.push_back(threshold_and_rounding(problem));
  methods.push_back(nothing(problem));
  return methods;
}

}  // namespace meldpunt::bench
