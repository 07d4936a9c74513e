// The exact law of a sampler, by walking its choices.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "client/trends/uniform.h"

namespace meldpunt::trends::test {

// Walks every choice that the sampler can make, likely ones first to a depth, and adds up the exact
// chance of each result.
class EveryChoice : public Uniform {
 public:
  struct Unfinished {};

  std::uint64_t below(std::uint64_t bound) override {
    if (at_ == path_.size()) throw Unfinished{};
    if (bounds_.size() == at_) bounds_.push_back(bound);
    weight_ /= static_cast<double>(bound);
    return path_[at_++];
  }

  template <class Result>
  std::map<Result, double> law(const std::function<Result(Uniform&)>& draw, double least) {
    std::map<Result, double> found;
    walk<Result>(draw, least, found);
    return found;
  }

 private:
  template <class Result>
  void walk(const std::function<Result(Uniform&)>& draw, double least,
            std::map<Result, double>& found) {
    at_ = 0;
    weight_ = 1;
    bounds_.resize(std::min(bounds_.size(), path_.size()));
    try {
      const Result result = draw(*this);
      found[result] += weight_;
      return;
    } catch (const Unfinished&) {
    }
    // Ask again what the choice that was missing is between.
    const double so_far = weight_;
    path_.push_back(0);
    at_ = 0;
    weight_ = 1;
    try {
      (void)draw(*this);
    } catch (const Unfinished&) {
    }
    const std::uint64_t bound = bounds_[path_.size() - 1];
    if (so_far / static_cast<double>(bound) >= least) {
      for (std::uint64_t choice = 0; choice < bound; ++choice) {
        path_.back() = choice;
        walk<Result>(draw, least, found);
      }
    }
    path_.pop_back();
  }

  std::vector<std::uint64_t> path_;
  std::vector<std::uint64_t> bounds_;
  std::size_t at_ = 0;
  double weight_ = 1;
};

}  // namespace meldpunt::trends::test
