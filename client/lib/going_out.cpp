#include "client/lib/going_out.h"

#include <set>

namespace meldpunt::client {

std::map<Position, std::chrono::seconds> going_out(const CaseIndex& index,
                                                   const crypto::Digest& digest,
                                                   std::chrono::seconds now) {
  const std::chrono::seconds tick(digest.tick_seconds);
  // This tick's address may have been written already.
  std::chrono::seconds turn = (now / tick + 1) * tick;
  std::map<Position, std::chrono::seconds> turns;
  std::set<Position> gone;
  while (const auto waiting = index.next_to_post(gone)) {
    turns.emplace(waiting->position, turn);
    gone.insert(waiting->position);
    turn += tick;
  }
  return turns;
}

}  // namespace meldpunt::client
