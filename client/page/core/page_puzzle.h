// The puzzle as an errand for the page, which has a worker for it: what is asked is numbered, so
// that an answer to what nobody wants any more counts for nothing.
#pragma once

#include "client/lib/puzzle_solver.h"

namespace meldpunt::page {

struct PuzzleErrand {
  std::uint8_t effort = 0;
  crypto::Challenge challenge;
  crypto::RegionId region;
  crypto::Hash envelope;
};

class PagePuzzle : public client::PuzzleSolver {
 public:
  void start(std::uint8_t effort, const crypto::Challenge& challenge,
             const crypto::RegionId& region, const crypto::Hash& envelope) override {
    ++number_;
    asked_ = PuzzleErrand{effort, challenge, region, envelope};
    answer_.reset();
  }
  void stop() override {
    asked_.reset();
    answer_.reset();
  }
  [[nodiscard]] std::optional<crypto::PuzzleAnswer> answer() const override { return answer_; }

  [[nodiscard]] std::uint32_t number() const { return number_; }
  // What nobody has answered yet.
  [[nodiscard]] std::optional<PuzzleErrand> asked() const {
    return answer_ ? std::nullopt : asked_;
  }
  // Wrong answers change nothing.
  void solved(std::uint32_t number, const crypto::PuzzleAnswer& answer) {
    if (!asked_ || number != number_) return;
    if (crypto::solves(answer, asked_->effort, asked_->challenge, asked_->region,
                       asked_->envelope)) {
      answer_ = answer;
    }
  }

 private:
  std::uint32_t number_ = 0;
  std::optional<PuzzleErrand> asked_;
  std::optional<crypto::PuzzleAnswer> answer_;
};

}  // namespace meldpunt::page
