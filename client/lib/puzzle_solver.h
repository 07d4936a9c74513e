// Who solves the puzzle that a put into the intake may need, elsewhere than on the session's
// thread: a thread of its own natively (reporter_puzzle.h), a worker in the page.
#pragma once

#include <optional>

#include "crypto/puzzle.h"

namespace meldpunt::client {

class PuzzleSolver {
 public:
  PuzzleSolver() = default;
  PuzzleSolver(const PuzzleSolver&) = delete;
  PuzzleSolver& operator=(const PuzzleSolver&) = delete;
  virtual ~PuzzleSolver() = default;

  // Forgets what it was at before. Returns at once.
  virtual void start(std::uint8_t effort, const crypto::Challenge& challenge,
                     const crypto::RegionId& region, const crypto::Hash& envelope) = 0;
  // Nobody wants the answer any more.
  virtual void stop() = 0;
  // To what was started last, once it is there.
  [[nodiscard]] virtual std::optional<crypto::PuzzleAnswer> answer() const = 0;
};

}  // namespace meldpunt::client
