// Random bytes that are the same in every run, from SplitMix64: for tests alone.
#pragma once

#include "client/trends/uniform.h"

namespace meldpunt::trends::test {

class SeededRandom : public RandomBytes {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(crypto::MutableBytes out) override {
    for (std::size_t at = 0; at < out.size(); at += 8) {
      std::uint64_t word = next();
      for (std::size_t i = at; i < out.size() && i < at + 8; ++i, word >>= 8) {
        out[i] = static_cast<std::uint8_t>(word);
      }
    }
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace meldpunt::trends::test
