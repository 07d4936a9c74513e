#include "tests/bench/measure.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <ostream>

namespace meldpunt::bench {
namespace {

Microseconds read_clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Measure& measure) {
  return out << std::fixed << std::setprecision(3) << R"({"name":")" << measure.name
             << R"(","value":)" << measure.value << R"(,"unit":")" << measure.unit
             << R"(","limit":)" << measure.limit << R"(,"ratio":)" << measure.ratio << "}\n"
             << std::flush;
}

Measure against_limit(std::string name, double value, std::string unit, double limit,
                      std::string note) {
  const double ratio = limit > 0 ? value / limit : value;
  return {std::move(name), value, std::move(unit), limit, ratio, std::move(note)};
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

Compared compare(int pairs, const std::function<double()>& one,
                 const std::function<double()>& other) {
  std::vector<double> ones;
  std::vector<double> others;
  std::vector<double> ratios;
  for (int pair = 0; pair < pairs; ++pair) {
    const bool first = pair % 2 == 0;
    const double before = first ? one() : other();
    const double after = first ? other() : one();
    ones.push_back(first ? before : after);
    others.push_back(first ? after : before);
    ratios.push_back(ones.back() / others.back());
  }
  return {median(ones), median(others), median(ratios)};
}

Microseconds thread_cpu() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }
Microseconds process_cpu() { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

Microseconds cpu_of(pid_t process) {
  Microseconds sum{0};
  const auto threads = "/proc/" + std::to_string(process) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator(threads)) {
    std::ifstream file(thread.path() / "schedstat");
    std::int64_t nanoseconds = 0;
    file >> nanoseconds;
    sum += std::chrono::nanoseconds(nanoseconds);
  }
  return sum;
}

double cost_of(const std::function<void()>& call, int calls, int rounds) {
  std::vector<double> costs;
  for (int round = 0; round < rounds; ++round) {
    const auto before = thread_cpu();
    for (int done = 0; done < calls; ++done) call();
    costs.push_back((thread_cpu() - before).count() / calls);
  }
  return median(costs);
}

}  // namespace meldpunt::bench
