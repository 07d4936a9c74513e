// Solves the puzzle on a thread of its own, so that no beat waits for it.
#pragma once

#include <mutex>
#include <optional>
#include <thread>

#include "crypto/puzzle.h"

namespace meldpunt::client {

class PuzzleWorker {
 public:
  PuzzleWorker() = default;
  PuzzleWorker(const PuzzleWorker&) = delete;
  PuzzleWorker& operator=(const PuzzleWorker&) = delete;
  // Stops and waits for the thread: a few milliseconds.
  ~PuzzleWorker() = default;

  // Forgets what it was at before.
  void start(std::uint8_t effort, const crypto::Challenge& challenge,
             const crypto::RegionId& region, const crypto::Hash& envelope);
  [[nodiscard]] std::optional<crypto::PuzzleAnswer> answer() const;

 private:
  mutable std::mutex mutex_;  // guards found_
  std::optional<crypto::PuzzleAnswer> found_;
  std::jthread thread_;  // last: it ends before what it writes to
};

}  // namespace meldpunt::client
