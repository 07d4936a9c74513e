#include "client/console/workplace.h"

#include <algorithm>

#include "client/lib/case_words.h"

namespace meldpunt::console {

std::string Tickets::keep(Prepared prepared) {
  if (order_.size() == most) {
    waiting_.erase(order_.front());
    order_.erase(order_.begin());
  }
  crypto::Block<16> number{};
  crypto::fill_random(number);
  std::string ticket = client::hexadecimal(number);
  waiting_.emplace(ticket, std::move(prepared));
  order_.push_back(ticket);
  return ticket;
}

std::optional<Tickets::Prepared> Tickets::take(const std::string& ticket) {
  const auto found = waiting_.find(ticket);
  if (found == waiting_.end()) return std::nullopt;
  std::optional<Prepared> prepared(std::move(found->second));
  waiting_.erase(found);
  std::erase(order_, ticket);
  return prepared;
}

}  // namespace meldpunt::console
