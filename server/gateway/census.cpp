#include "server/gateway/census.h"

#include <iterator>

namespace meldpunt::gateway {

void Census::count(const Crowds::iterator& crowd, std::size_t before) {
  if (before > 0) by_size_.erase({before, crowd->first});
  if (crowd->second.size() > 0) {
    by_size_.insert({crowd->second.size(), crowd->first});
  } else {
    crowds_.erase(crowd);
  }
}

void Census::enter(ConnectionId id, Person& person, const Source& source) {
  person.crowd = crowds_.try_emplace(source).first;
  Crowd& crowd = person.crowd->second;
  const std::size_t before = crowd.size();
  Row& row = person.settled ? crowd.settled : crowd.unfinished;
  person.position = row.insert(row.end(), id);
  count(person.crowd, before);
}

void Census::go_out(Person& person) {
  Crowd& crowd = person.crowd->second;
  const std::size_t before = crowd.size();
  (person.settled ? crowd.settled : crowd.unfinished).erase(person.position);
  count(person.crowd, before);
}

void Census::arrive(ConnectionId id, const Source& source) {
  Person& person = people_[id];
  person.age = unfinished_.insert(unfinished_.end(), id);
  enter(id, person, source);
}

void Census::identify(ConnectionId id, const Source& source) {
  const auto found = people_.find(id);
  if (found == people_.end()) return;
  go_out(found->second);
  enter(id, found->second, source);
}

void Census::settle(ConnectionId id) {
  const auto found = people_.find(id);
  if (found == people_.end() || found->second.settled) return;
  Person& person = found->second;
  unfinished_.erase(person.age);
  Crowd& crowd = person.crowd->second;
  crowd.settled.splice(crowd.settled.end(), crowd.unfinished, person.position);
  person.settled = true;
}

void Census::active(ConnectionId id) {
  const auto found = people_.find(id);
  if (found == people_.end() || !found->second.settled) return;
  Row& row = found->second.crowd->second.settled;
  row.splice(row.end(), row, found->second.position);
}

void Census::leave(ConnectionId id) {
  const auto found = people_.find(id);
  if (found == people_.end()) return;
  if (!found->second.settled) unfinished_.erase(found->second.age);
  go_out(found->second);
  people_.erase(found);
}

std::optional<ConnectionId> Census::victim_for(const Source& newcomer) const {
  if (by_size_.empty()) return std::nullopt;
  const auto own = crowds_.find(newcomer);
  const std::size_t own_size = own == crowds_.end() ? 0 : own->second.size();
  const auto& [largest, source] = *by_size_.rbegin();
  if (largest > own_size + 1) {
    const Crowd& crowd = crowds_.at(source);
    return crowd.unfinished.empty() ? crowd.settled.front() : crowd.unfinished.front();
  }
  if (unfinished_.empty()) return std::nullopt;
  return unfinished_.front();
}

}  // namespace meldpunt::gateway
