// yardstick DATA [--strikes FILE] [--runs N] [PROBLEM...]: how near published tables come to the
// truth, ours and other methods', each with the same ε and δ. A JSON object a line: our error, the
// best of the Showcase's modes as the limit, and their ratio (below 1: ours is nearer); a
// table of all methods goes to standard error.
//
// DATA: the folder with the files of data/README.md. FILE: its birdstrikes.csv; without it D3 is
// left out, and that is said. Figures for each number of attributes:
//
//   error        mean absolute error of the cells that are true (not zero) and reported
//   full         the same over all cells, those not reported counting as zero
//   suppressed   share of true cells that are not reported
//   fabricated   share of reported cells that are not true
//   coverage     share of all cells whose 95 % interval holds the truth
//
// Under a problem stand the methods that were nearer than ours. Ours is drawn twenty times as often
// as N, since cells of one draw err together and coverage is to be known within a fraction of a
// percent.
//
// First, as problem "release": time, memory and growth of one yearly release, plan to file.
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>

#include "client/trends/json_stat.h"
#include "tests/bench/measure.h"
#include "tests/bench/yardstick/methods.h"

namespace {

using namespace meldpunt;
using bench::Problem;
using bench::Published;
using trends::Axes;

constexpr const char* our_name = "ours";
constexpr int our_times = 20;

// Mean and standard error over runs.
class Mean {
 public:
  void add(double value) {
    if (std::isnan(value)) return;
    ++runs_;
    sum_ += value;
    squares_ += value * value;
  }
  [[nodiscard]] double mean() const { return runs_ == 0 ? NAN : sum_ / runs_; }
  [[nodiscard]] double error() const {
    if (runs_ < 2) return NAN;
    const double variance = std::max(0.0, squares_ / runs_ - mean() * mean());
    return std::sqrt(variance / (runs_ - 1));
  }

 private:
  int runs_ = 0;
  double sum_ = 0;
  double squares_ = 0;
};

struct Scores {
  Mean error, full, suppressed, fabricated, coverage;
};

struct Truth {
  std::vector<std::int64_t> counts;
  std::vector<bool> counted;
};

struct Sums {
  double error = 0, full = 0, shown = 0, truths = 0, cells = 0, reported = 0, made_up = 0,
         covered = 0, intervals = 0;
};

void add(Sums& sums, const Truth& truth, const bench::PublishedTable& table) {
  for (std::size_t i = 0; i < truth.counts.size(); ++i) {
    if (!truth.counted[i]) continue;
    const auto count = static_cast<double>(truth.counts[i]);
    const bool reported = table.reported.empty() || table.reported[i];
    const double away = std::abs((reported ? table.cells[i] : 0) - count);
    sums.full += away;
    ++sums.cells;
    sums.truths += count > 0 ? 1 : 0;
    sums.reported += reported ? 1 : 0;
    sums.made_up += reported && count == 0 ? 1 : 0;
    if (reported && count > 0) {
      sums.error += away;
      ++sums.shown;
    }
    if (table.half_width > 0) {
      sums.covered += away <= table.half_width ? 1 : 0;
      ++sums.intervals;
    }
  }
}

void add(Scores& scores, const Sums& sums) {
  scores.error.add(sums.error / sums.shown);
  scores.full.add(sums.full / sums.cells);
  scores.suppressed.add(1 - sums.shown / sums.truths);
  scores.fabricated.add(sums.reported == 0 ? 0 : sums.made_up / sums.reported);
  scores.coverage.add(sums.covered / sums.intervals);
}

std::string shown(const Mean& mean, double times = 1) {
  if (std::isnan(mean.mean())) return "-";
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << mean.mean() * times;
  if (!std::isnan(mean.error())) text << " ± " << mean.error() * times;
  return text.str();
}

void print_row(const std::string& method, int order, const Scores& scores, double milliseconds) {
  std::cerr << "  " << std::left << std::setw(40) << method << " " << order << "  error "
            << shown(scores.error) << "  full " << shown(scores.full) << "  suppressed "
            << shown(scores.suppressed, 100) << " %  fabricated " << shown(scores.fabricated, 100)
            << " %  coverage " << shown(scores.coverage, 100) << " %  " << std::setprecision(3)
            << milliseconds << " ms\n";
}

std::map<int, Scores> run(const Problem& problem, const std::map<Axes, Truth>& truths,
                          const bench::Method& method, int runs) {
  // A method of its own seed: which others are run changes nothing.
  bench::Random random(std::hash<std::string>{}(problem.name + method.name));
  std::map<int, Scores> scores;
  std::chrono::duration<double, std::milli> taken{};
  for (int i = 0; i < runs; ++i) {
    const auto began = std::chrono::steady_clock::now();
    const Published published = method.publish(random);
    taken += std::chrono::steady_clock::now() - began;
    std::map<int, Sums> sums;
    for (const auto& [axes, table] : published) {
      add(sums[std::popcount(axes)], truths.at(axes), table);
    }
    for (const auto& [order, of_order] : sums) add(scores[order], of_order);
  }
  for (const auto& [order, of_order] : scores) {
    print_row(method.name, order, of_order, taken.count() / runs);
  }
  return scores;
}

// Private methods whose published cells are nearer than ours, and how many they keep back.
void print_nearer(const std::map<std::string, std::map<int, Scores>>& scores) {
  for (const auto& [order, ours] : scores.at(our_name)) {
    for (const auto& [method, of_method] : scores) {
      const Scores& theirs = of_method.at(order);
      if (method.starts_with(our_name) || method.ends_with("(not private)")) continue;
      if (!(theirs.error.mean() < ours.error.mean())) continue;
      std::cerr << "  nearer than ours, " << order << ": " << method << ", " << shown(theirs.error)
                << " against " << shown(ours.error) << "; it keeps back "
                << shown(theirs.suppressed, 100) << " %\n";
    }
  }
}

void measure_problem(const Problem& problem, int runs) {
  std::map<Axes, Truth> truths;
  for (const Axes axes : problem.tables()) {
    truths[axes] = {problem.records.count(axes), problem.counted(axes)};
  }
  std::cerr << problem.name << ": " << problem.records.size() << " records, epsilon "
            << problem.epsilon << ", delta " << problem.delta << ", rho " << problem.rho() << ", "
            << runs << " runs\n";
  std::map<std::string, std::map<int, Scores>> scores;
  std::map<int, double> best;
  for (const bench::Method& method : bench::all_methods(problem)) {
    const int times = method.name == our_name ? our_times : 1;
    scores[method.name] = run(problem, truths, method, runs * times);
    if (!method.name.starts_with("Showcase")) continue;
    for (const auto& [order, theirs] : scores[method.name]) {
      const double error = theirs.error.mean();
      if (!best.contains(order) || error < best[order]) best[order] = error;
    }
  }
  print_nearer(scores);
  for (const auto& [order, ours] : scores[our_name]) {
    std::cout << bench::against_limit("trends_" + problem.name + "_" + std::to_string(order),
                                      ours.error.mean(), "cases", best[order], "");
  }
}

// A yearly release over the eight coarse dimensions (51,840 cells, 28 tables of pairs), from its
// plan to its file, of a thousand cases; and how its time grows with what is released.
double release_seconds(std::size_t dimensions, std::size_t& cells) {
  const trends::Counted series{crypto::Series::inflow, "inflow", "Cases opened",
                               std::span(trends::dimensions()).first(dimensions)};
  trends::Schedule schedule{"year", "", {{trends::Cadence::year, {}}}};
  for (Axes axes = 0; axes < Axes{1} << dimensions; ++axes) {
    if (std::popcount(axes) <= 2) schedule.cadences.front().tables.push_back(axes);
  }
  std::vector<trends::CodedCase> cases;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    trends::CodedCase each;
    for (const auto& dimension : series.dimensions) {
      each.push_back({i % static_cast<std::uint32_t>(dimension.codes.size())});
    }
    cases.push_back(std::move(each));
  }
  trends::SystemRandom bytes;
  trends::UniformFromBytes uniform(bytes);
  std::vector<double> taken;
  for (int round = 0; round < 5; ++round) {
    const auto began = std::chrono::steady_clock::now();
    const auto plan = trends::make_plan(series, schedule, {});
    const auto made =
        trends::publish(plan, {"IJsselland", 1, *trends::read_period("2026")}, cases, {}, uniform);
    const std::string file = trends::json_stat(made);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    taken.push_back(seconds.count());
    cells = 0;
    for (const auto& table : made.tables) cells += table.cells.size();
  }
  std::ranges::sort(taken);
  return taken[taken.size() / 2];
}

void measure_release() {
  std::size_t cells = 0;
  std::size_t cells_of_half = 0;
  const double half = release_seconds(4, cells_of_half);
  const double seconds = release_seconds(8, cells);
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cerr << "a yearly release: " << cells << " figures\n";
  std::cout << bench::against_limit("trends_release_s", seconds, "s", 2, "");
  std::cout << bench::against_limit("trends_release_mib",
                                    static_cast<double>(used.ru_maxrss) / 1024, "MiB", 100, "");
  // Of one figure, over the same of a release of four dimensions: 1 when it is linear.
  const double growth =
      (seconds / static_cast<double>(cells)) / (half / static_cast<double>(cells_of_half));
  std::cout << bench::against_limit("trends_release_growth", growth, "", 1.5, "");
}

}  // namespace

int main(int argc, char** argv) {
  std::string data;
  std::string strikes;
  int runs = 0;
  std::set<std::string> names;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--runs") == 0 && i + 1 < argc) {
      runs = std::atoi(argv[++i]);
      if (runs == 0) runs = -1;  // no number
    } else if (std::strcmp(argv[i], "--strikes") == 0 && i + 1 < argc) {
      strikes = argv[++i];
    } else if (data.empty()) {
      data = argv[i];
    } else {
      names.insert(argv[i]);
    }
  }
  if (data.empty() || runs < 0) {
    std::cerr
        << "yardstick DATA [--strikes FILE] [--runs N] [PROBLEM...]: see the top of its main.cpp\n";
    return 64;
  }
  try {
    if (names.empty() || names.contains("release")) measure_release();
    bench::Random random(1);
    std::vector<Problem> problems{bench::generated_example(random),
                                  bench::lists_of_the_netherlands(data + "/d2-netherlands.csv")};
    for (const int cases : {100, 250, 500, 1000}) {
      problems.push_back(
          bench::coarse_dimensions(data + "/trend" + std::to_string(cases) + ".csv", cases));
    }
    problems.push_back(bench::coarse_dimensions(data + "/trend500.csv", 500));
    problems.back().name += "-one-way";
    problems.back().order = 1;
    problems.back().epsilon = 1;
    if (!strikes.empty()) {
      for (const int year : {1995, 1998}) problems.push_back(bench::bird_strikes(strikes, year));
    } else {
      std::cerr << "D3 is left out: no --strikes\n";
    }
    for (const Problem& problem : problems) {
      if (!names.empty() && !names.contains(problem.name)) continue;
      measure_problem(problem, runs > 0 ? runs : problem.runs);
    }
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
  return 0;
}
