// Uniform integers: the only thing that the noise is made of.
//
// Random bytes come through an interface, so that a test can seed them, and a test can also walk
// every possible choice and so compute the law of what is drawn (discrete_laplace_test.cpp).
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>

#include "crypto/bytes.h"

namespace meldpunt::trends {

// For what 64 bits cannot hold; it throws where 256 could not either.
using Wide = boost::multiprecision::checked_uint256_t;

class RandomBytes {
 public:
  RandomBytes() = default;
  RandomBytes(const RandomBytes&) = delete;
  RandomBytes& operator=(const RandomBytes&) = delete;
  virtual ~RandomBytes() = default;

  virtual void fill(crypto::MutableBytes out) = 0;
};

// The system's generator.
class SystemRandom : public RandomBytes {
 public:
  void fill(crypto::MutableBytes out) override;
};

class Uniform {
 public:
  Uniform() = default;
  Uniform(const Uniform&) = delete;
  Uniform& operator=(const Uniform&) = delete;
  virtual ~Uniform() = default;

  // Each of 0 … bound − 1 exactly as often; bound is not zero.
  virtual std::uint64_t below(std::uint64_t bound) = 0;
};

// The same of either width.
[[nodiscard]] inline std::uint64_t below(Uniform& uniform, std::uint64_t bound) {
  return uniform.below(bound);
}
[[nodiscard]] Wide below(Uniform& uniform, const Wide& bound);

// By rejection: bytes that would make some value likelier are thrown away.
class UniformFromBytes : public Uniform {
 public:
  // It must outlive this.
  explicit UniformFromBytes(RandomBytes& source) : source_(source) {}

  std::uint64_t below(std::uint64_t bound) override;

 private:
  RandomBytes& source_;
};

}  // namespace meldpunt::trends
