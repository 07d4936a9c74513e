// json_stat: prints figures of a made-up year, drawn with the system's generator, as they are
// published: a line for each release, the year's last.
#include "client/trends/json_stat.h"

#include <sodium.h>

#include <iostream>

int main() {
  using namespace meldpunt::trends;
  if (sodium_init() < 0) return 1;
  const Plan plan = make_plan(inflow(), *find_schedule(inflow(), usual_schedule), {});
  const std::vector<CodedCase> cases{120,
                                     coded(inflow(), Codes{{"form", "LAB"}, {"age", "ADULT"}})};
  SystemRandom bytes;
  UniformFromBytes uniform(bytes);
  std::vector<MeasuredPeriod> earlier;
  std::uint32_t sequence = 0;
  for (const char* name : {"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026"}) {
    const Period period = *read_period(name);
    const auto made = publish(plan, {"IJsselland", ++sequence, period}, cases, earlier, uniform);
    std::cout << json_stat(made) << '\n';
    earlier.push_back({period, made.measured});
  }
  return 0;
}
