// Whose turn it is to be connected to the daemon. Newcomers come first; a source that connects
// often comes after them, by as much as it has had, and inside one source it is first come, first
// served.
//
// Each source has a start: the moment from which its next turn is due. A turn moves it forward by
// `turn`, at most `memory` beyond now; the earliest start goes next, even when it lies ahead
// (nobody waits for an empty queue). So a flood from few sources cannot delay a newcomer, and a
// flood of new sources delays anyone by at most `memory` longer than it delays a newcomer. A plain
// first in, first out starves newcomers.
//
// Not limited here: a waiting connection counts against the connection cap. What is remembered of a
// source that is gone ends with its start: at most (turns per second × memory) entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "server/gateway/source.h"
#include "server/gateway/token_bucket.h"

namespace meldpunt::gateway {

using ConnectionId = std::uint64_t;

class FairQueue {
 public:
  FairQueue(Duration turn, Duration memory) : turn_(turn), memory_(memory) {}

  void add(ConnectionId id, const Source& source, Time now);
  void remove(ConnectionId id);

  // The next one, if any; it counts as a turn of its source.
  std::optional<ConnectionId> take(Time now);

  // Forgets the sources that have nothing waiting and no turn to make up for.
  void forget(Time now);

  std::size_t size() const { return places_.size(); }
  std::size_t sources() const { return lines_.size(); }

 private:
  struct Line {
    Time start{};
    std::uint64_t order = 0;
    std::list<ConnectionId> waiting;
  };
  using Lines = std::map<Source, Line>;
  struct Place {
    Lines::iterator line;
    std::list<ConnectionId>::iterator position;
  };
  using Due = std::pair<std::pair<Time, std::uint64_t>, Source>;

  static Due due(const Lines::value_type& entry) {
    return {{entry.second.start, entry.second.order}, entry.first};
  }

  Duration turn_;
  Duration memory_;
  std::uint64_t orders_ = 0;
  Lines lines_;
  std::set<Due> due_;  // of the lines in which somebody waits
  std::unordered_map<ConnectionId, Place> places_;
};

}  // namespace meldpunt::gateway
