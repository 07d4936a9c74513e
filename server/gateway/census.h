// Who is connected, from where, and who must go when there is no room for a newcomer.
//
// The most crowded source gives way, so that a flood from one place takes room from itself only:
// first its oldest connection with an unfinished handshake, then the one that has been quiet
// longest. Where no source is more crowded than the newcomer's, the oldest unfinished handshake of
// anyone goes; and if there is none, the newcomer is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "server/gateway/fair_queue.h"
#include "server/gateway/source.h"

namespace meldpunt::gateway {

class Census {
 public:
  void arrive(ConnectionId id, const Source& source);
  void identify(ConnectionId id, const Source& source);  // its PROXY header has been read
  void settle(ConnectionId id);                          // its handshake is done
  void active(ConnectionId id);                          // it exchanged a full frame
  void leave(ConnectionId id);

  std::optional<ConnectionId> victim_for(const Source& newcomer) const;

  std::size_t size() const { return people_.size(); }

 private:
  using Row = std::list<ConnectionId>;
  struct Crowd {
    Row unfinished;  // oldest first
    Row settled;     // longest quiet first
    std::size_t size() const { return unfinished.size() + settled.size(); }
  };
  using Crowds = std::map<Source, Crowd>;
  struct Person {
    Crowds::iterator crowd;
    Row::iterator position;
    Row::iterator age;  // in unfinished_, while not settled
    bool settled = false;
  };

  void enter(ConnectionId id, Person& person, const Source& source);
  void go_out(Person& person);
  void count(const Crowds::iterator& crowd, std::size_t before);

  Crowds crowds_;
  std::set<std::pair<std::size_t, Source>> by_size_;
  Row unfinished_;
  std::unordered_map<ConnectionId, Person> people_;
};

}  // namespace meldpunt::gateway
