// What a benchmark returns, and how it is taken on a machine that others use, too: rounds of the
// one and the other alternate, and medians count. Nothing here judges.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace meldpunt::bench {

struct Measure {
  std::string name;
  double value = 0;
  std::string unit;
  double limit = 0;
  double ratio =
      0;  // what is held against the limit; for a limit in the unit itself, value / limit
  std::string note;  // on what it was taken; goes to the progress, not into the line
};

// One JSON object on a line: name, value, unit, limit, ratio.
std::ostream& operator<<(std::ostream& out, const Measure& measure);

// A limit in the unit of the value.
[[nodiscard]] Measure against_limit(std::string name, double value, std::string unit, double limit,
                                    std::string note);

// The value at this share (0 to 1) of all; 0 of none.
[[nodiscard]] double quantile(std::vector<double> values, double share);
[[nodiscard]] inline double median(std::vector<double> values) {
  return quantile(std::move(values), 0.5);
}

// `one` over `other` in pairs, the order changing from pair to pair; the median pair counts.
struct Compared {
  double value = 0;  // of `one`
  double other = 0;
  double ratio = 0;
};
Compared compare(int pairs, const std::function<double()>& one,
                 const std::function<double()>& other);

using Microseconds = std::chrono::duration<double, std::micro>;

// CPU time: of the calling thread, of this process, of all threads of another one.
[[nodiscard]] Microseconds thread_cpu();
[[nodiscard]] Microseconds process_cpu();
[[nodiscard]] Microseconds cpu_of(pid_t process);

// CPU microseconds of one call, on this thread; the median of several rounds.
[[nodiscard]] double cost_of(const std::function<void()>& call, int calls = 100, int rounds = 15);

}  // namespace meldpunt::bench
