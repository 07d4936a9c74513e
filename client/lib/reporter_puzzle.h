// Solves the puzzle on a thread of its own, so that no beat waits for it.
#pragma once

#include <mutex>
#include <thread>

#include "client/lib/puzzle_solver.h"

namespace meldpunt::client {

// Starting anew, stopping and destroying wait for the thread to end: a few milliseconds.
class PuzzleWorker : public PuzzleSolver {
 public:
  void start(std::uint8_t effort, const crypto::Challenge& challenge,
             const crypto::RegionId& region, const crypto::Hash& envelope) override;
  void stop() override;
  [[nodiscard]] std::optional<crypto::PuzzleAnswer> answer() const override;

 private:
  mutable std::mutex mutex_;  // guards found_
  std::optional<crypto::PuzzleAnswer> found_;
  std::jthread thread_;  // last: it ends before what it writes to
};

}  // namespace meldpunt::client
