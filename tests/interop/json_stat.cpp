// json_stat: prints figures of a made-up quarter, drawn with the system's generator, as they are
// published.
#include "client/trends/json_stat.h"

#include <sodium.h>

#include <iostream>

#include "client/trends/one_way_geometric.h"

int main() {
  using namespace meldpunt::trends;
  if (sodium_init() < 0) return 1;
  const OneWayGeometric mechanism;
  const Plan plan = mechanism.plan(Budget().inflow());
  const std::vector<CodedCase> cases{120, coded({{"form", "LAB"}, {"age", "ADULT"}})};
  SystemRandom bytes;
  UniformFromBytes uniform(bytes);
  std::cout << json_stat(mechanism.draw(plan, cases, uniform), plan,
                         {"IJsselland", 3, *read_period("2026-Q3")})
            << '\n';
  return 0;
}
