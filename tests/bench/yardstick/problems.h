// What the methods are compared on: records, how many attributes a table has at most, and the same
// ε and δ for all of them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "client/trends/tensor.h"

namespace meldpunt::bench {

// For data and for the methods that are compared with ours; ours draws as it does in a release.
using Random = std::mt19937_64;

inline constexpr std::uint32_t none = UINT32_MAX;

struct Problem {
  std::string name;
  trends::Records records;
  // Of each attribute the category that the Showcase never counts (empty, or no), or none. No
  // method is judged by cells with one.
  std::vector<std::uint32_t> uncounted;
  int order = 2;
  double epsilon = 2;
  double delta = 1e-6;
  int runs = 500;

  // Every table of one to `order` attributes, fewer attributes first.
  [[nodiscard]] std::vector<trends::Axes> tables() const;
  // For each cell over `axes`: whether it counts.
  [[nodiscard]] std::vector<bool> counted(trends::Axes axes) const;
  // The largest ρ that implies no more than (ε, δ).
  [[nodiscard]] double rho() const;
};

// The Showcase's own example generator: 6,000 records of ten columns.
[[nodiscard]] Problem generated_example(Random& random);
// Throw std::runtime_error with the file's name when it is not what it should be.
[[nodiscard]] Problem lists_of_the_netherlands(const std::string& csv);
[[nodiscard]] Problem bird_strikes(const std::string& csv, int year);
[[nodiscard]] Problem coarse_dimensions(const std::string& csv, int cases);

}  // namespace meldpunt::bench
