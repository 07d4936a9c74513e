#include "client/lib/reporter_puzzle.h"

namespace meldpunt::client {

namespace {
constexpr std::uint64_t tries_between_looks = 8;  // about 8 ms
}  // namespace

void PuzzleWorker::start(std::uint8_t effort, const crypto::Challenge& challenge,
                         const crypto::RegionId& region, const crypto::Hash& envelope) {
  stop();
  thread_ = std::jthread([=, this](const std::stop_token& stop) {
    for (std::uint64_t from = 0; !stop.stop_requested(); from += tries_between_looks) {
      const auto answer =
          crypto::solve(effort, challenge, region, envelope, from, tries_between_looks);
      if (!answer) continue;
      const std::lock_guard lock(mutex_);
      found_ = answer;
      return;
    }
  });
}

void PuzzleWorker::stop() {
  thread_ = {};
  found_.reset();
}

std::optional<crypto::PuzzleAnswer> PuzzleWorker::answer() const {
  const std::lock_guard lock(mutex_);
  return found_;
}

}  // namespace meldpunt::client
