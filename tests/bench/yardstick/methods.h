// Ways to publish the tables of a problem, each with all of its ε and δ, and what comes out.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "tests/bench/yardstick/problems.h"

namespace meldpunt::bench {

// A cell that a method keeps back is not reported, and counts as zero.
struct PublishedTable {
  std::vector<double> cells;
  std::vector<bool> reported;  // empty: all of them
  double half_width = 0;       // of the 95 % interval; 0: the method claims none
};
using Published = std::map<trends::Axes, PublishedTable>;

struct Method {
  std::string name;
  std::function<Published(Random&)> publish;  // one run
};

// Every method for one problem, ours first. The problem must outlive them.
[[nodiscard]] std::vector<Method> all_methods(const Problem& problem);

// The differentially private marginals of Microsoft's Synthetic Data Showcase, which the
// international trafficking data are published with: tables grow from those before them, and cells
// below a threshold are left out. It has four ways to choose thresholds from two attributes on, and
// three to part the noise between tables of few attributes and of many.
enum class Fabrication { Uncontrolled, Balanced, Progressive, Minimize };
enum class Accuracy { Balanced, LargeCounts, SmallCounts };
struct ShowcaseMode {
  Fabrication fabrication;
  Accuracy accuracy;
};
[[nodiscard]] Published showcase(const Problem& problem, ShowcaseMode mode, Random& random);

}  // namespace meldpunt::bench
