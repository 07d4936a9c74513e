// After the description of the Showcase's method ("Differentially private aggregation",
// sections 3.1 to 3.5, of its documentation), with its defaults: 1 % of the budget for the
// sensitivities, at the 99th percentile, half a percent for the number of records, the same noise
// for every length. Its formula [3] has an epsilon for each percentile that the budget already
// counts; its pseudo-code divides that by the length once more, its program by the reporting
// length. It errs least undivided, so that is what stands here.
#include <algorithm>
#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "tests/bench/yardstick/methods.h"

namespace meldpunt::bench {

namespace {

using trends::Axes;

constexpr double for_percentiles = 0.01;
constexpr double for_records = 0.005;
constexpr double percentile = 0.99;

double normal_quantile(double chance) {
  return boost::math::quantile(boost::math::normal(), chance);
}

// A cell of one table, of one record.
struct Place {
  Axes axes;
  std::size_t cell;
};

// By noisy maximum: the value that has the wanted share of the sensitivities below it.
std::size_t private_percentile(const std::vector<std::size_t>& sensitivities, double epsilon,
                               Random& random) {
  const std::size_t most = *std::ranges::max_element(sensitivities);
  std::vector<double> at_most(most + 1);
  for (const std::size_t each : sensitivities) ++at_most[each];
  for (std::size_t value = 1; value <= most; ++value) at_most[value] += at_most[value - 1];
  const double target = percentile * static_cast<double>(sensitivities.size());
  std::exponential_distribution<double> noise(epsilon / 2);
  std::size_t best = 0;
  double best_score = -INFINITY;
  for (std::size_t value = 0; value <= most; ++value) {
    const double below = value == 0 ? 0 : at_most[value - 1];
    // No distance where the wanted rank falls on this value.
    const double distance = std::max({0.0, target - at_most[value], below - target});
    const double score = noise(random) - distance;
    if (score > best_score) {
      best_score = score;
      best = value;
    }
  }
  return best;
}

class Run {
 public:
  Run(const Problem& problem, ShowcaseMode mode, Random& random)
      : problem_(problem), mode_(mode), random_(random) {
    const double of_marginals = problem.epsilon * (1 - for_records);
    const double log_part = std::log(2 / problem.delta);
    const double root = std::sqrt(of_marginals + log_part) - std::sqrt(log_part);
    const double rho = root * root;
    percentile_epsilon_ = std::sqrt(2 * rho * for_percentiles / problem.order);
    double parts = 0;
    for (int length = 1; length <= problem.order; ++length) {
      parts += 1 / (proportion(length) * proportion(length));
    }
    sigma_ = std::sqrt(parts / (2 * rho * (1 - for_percentiles)));
  }

  Published publish() {
    for (int length = 1; length <= problem_.order; ++length) grow(length);
    return std::move(published_);
  }

 private:
  // The tables of one length: candidates, counts of what records may contribute, noise, threshold.
  void grow(int length) {
    std::vector<Axes> tables;
    for (const Axes axes : problem_.tables()) {
      if (std::popcount(axes) != length) continue;
      tables.push_back(axes);
      published_[axes] = {std::vector<double>(trends::cell_count(shape(), axes)), candidates(axes)};
    }
    const auto places = places_by_record(tables);
    std::vector<std::size_t> sensitivities;
    for (const auto& of_record : places) sensitivities.push_back(of_record.size());
    const std::size_t allowed = private_percentile(sensitivities, percentile_epsilon_, random_);
    for (auto of_record : places) {
      if (of_record.size() > allowed) std::ranges::shuffle(of_record, random_);
      of_record.resize(std::min(of_record.size(), allowed));
      for (const Place& place : of_record) ++published_[place.axes].cells[place.cell];
    }
    add_noise(tables, length, static_cast<double>(allowed));
  }

  [[nodiscard]] double proportion(int length) const {
    switch (mode_.accuracy) {
      case Accuracy::LargeCounts:
        return length;
      case Accuracy::SmallCounts:
        return 1.0 / length;
      case Accuracy::Balanced:
        break;
    }
    return 1;
  }

  void add_noise(const std::vector<Axes>& tables, int length, double allowed) {
    const double spread = proportion(length) * sigma_ * std::sqrt(allowed);
    const double threshold = threshold_of(length, allowed, spread);
    std::normal_distribution<double> noise(0, spread > 0 ? spread : 1);
    for (const Axes axes : tables) {
      PublishedTable& table = published_[axes];
      for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
        if (!table.reported[cell]) continue;
        double& count = table.cells[cell];
        if (allowed > 0) count += noise(random_);
        // Rounded; a part is never more than what it is part of.
        if (allowed == 0 || count <= threshold || count <= 0 || std::round(count) < 1) {
          table.reported[cell] = false;
          count = 0;
        } else {
          count = std::min(std::round(count), least_whole(axes, cell));
        }
      }
    }
  }

  [[nodiscard]] double threshold_of(int length, double allowed, double spread) const {
    if (allowed == 0) return 0;
    if (length == 1) {
      return 1 + spread * normal_quantile(std::pow(1 - problem_.delta / 2, 1 / allowed));
    }
    double eta = 1;
    switch (mode_.fabrication) {
      case Fabrication::Uncontrolled:
        eta = 1;
        break;
      case Fabrication::Balanced:
        eta = 0.5;
        break;
      case Fabrication::Minimize:
        eta = 0.01;
        break;
      case Fabrication::Progressive:
        eta = problem_.order == 2
                  ? 0.01
                  : 0.01 + (1 - 0.01) * (length - 2) / static_cast<double>(problem_.order - 2);
        break;
    }
    return spread * normal_quantile(1 - eta / 2);
  }

  // What may be reported: every part of it was. Of one attribute, the values that the records have.
  std::vector<bool> candidates(Axes axes) {
    std::vector<bool> candidates = problem_.counted(axes);
    if (std::popcount(axes) == 1) {
      const auto counts = problem_.records.count(axes);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        candidates[i] = candidates[i] && counts[i] > 0;
      }
      return candidates;
    }
    for (std::size_t axis = 0; axis < shape().size(); ++axis) {
      if (!trends::holds_axis(axes, axis)) continue;
      const Axes part = axes & ~(Axes{1} << axis);
      const auto within = trends::cells_within(shape(), part, axes);
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        candidates[i] = candidates[i] && published_[part].reported[within[i]];
      }
    }
    return candidates;
  }

  double least_whole(Axes axes, std::size_t cell) {
    double least = INFINITY;
    if (std::popcount(axes) == 1) return least;
    for (std::size_t axis = 0; axis < shape().size(); ++axis) {
      if (!trends::holds_axis(axes, axis)) continue;
      const Axes part = axes & ~(Axes{1} << axis);
      least = std::min(least, published_[part].cells[within(part, axes)[cell]]);
    }
    return least;
  }

  const std::vector<std::size_t>& within(Axes part, Axes whole) {
    auto& known = within_[{part, whole}];
    if (known.empty()) known = trends::cells_within(shape(), part, whole);
    return known;
  }

  std::vector<std::vector<Place>> places_by_record(const std::vector<Axes>& tables) {
    std::vector<std::vector<Place>> places(problem_.records.size());
    for (const Axes axes : tables) {
      const auto cells = problem_.records.cells(axes);
      for (std::size_t record = 0; record < cells.size(); ++record) {
        if (published_[axes].reported[cells[record]])
          places[record].push_back({axes, cells[record]});
      }
    }
    return places;
  }

  [[nodiscard]] const trends::Shape& shape() const { return problem_.records.shape(); }

  const Problem& problem_;
  ShowcaseMode mode_;
  Random& random_;
  double percentile_epsilon_ = 0;
  double sigma_ = 0;
  Published published_;
  std::map<std::pair<Axes, Axes>, std::vector<std::size_t>> within_;
};

}  // namespace

Published showcase(const Problem& problem, ShowcaseMode mode, Random& random) {
  return Run(problem, mode, random).publish();
}

}  // namespace meldpunt::bench
