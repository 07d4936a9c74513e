#include "client/trends/bernoulli_exp.h"

namespace meldpunt::trends {

bool bernoulli_exp(Wide numerator, const Wide& denominator, Uniform& uniform) {
  for (; numerator > denominator; numerator -= denominator) {
    if (!bernoulli_exp_to_one<std::uint64_t>(1, 1, uniform)) return false;
  }
  return bernoulli_exp_to_one(numerator, denominator, uniform);
}

}  // namespace meldpunt::trends
