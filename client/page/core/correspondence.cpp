#include "client/page/core/correspondence.h"

#include <algorithm>
#include <utility>

namespace meldpunt::page {

Correspondence::Correspondence(crypto::ThreadKeys keys, const crypto::RegionId& region)
    : keys_(std::move(keys)), region_(region), read_(keys_, region_) {}

void Correspondence::notice_taken(const crypto::Digest& digest) {
  if (std::exchange(tick_, digest.tick) != digest.tick) read_.look_again();
}

bool Correspondence::burn(std::uint16_t index) {
  const auto replies = read_.replies();
  const bool known = std::any_of(replies.begin(), replies.end(), [index](const auto& received) {
    return received.reply.index == index;
  });
  const bool already = std::find(burned_.begin(), burned_.end(), index) != burned_.end() ||
                       std::any_of(burning_.begin(), burning_.end(), [index](const auto& burning) {
                         return burning->index == index;
                       });
  if (known && !already) {
    burning_.push_back(std::make_unique<Burning>(index, read_, keys_, region_));
  }
  return known;
}

void Correspondence::settle(client::Beats& beats) {
  looked_ = looked_ || (reading_ && read_.done());
  const auto over = [&](const std::unique_ptr<Burning>& burning) {
    const bool burned = !burning->errand.burned().empty();
    if (!burned && !burning->errand.refused()) return false;
    if (burned) {
      burned_.push_back(burning->index);
      read_.forget_text(burning->index);
    }
    beats.let_go(burning->errand);
    return true;
  };
  burning_.erase(std::remove_if(burning_.begin(), burning_.end(), over), burning_.end());
}

void Correspondence::add_errands(std::vector<client::Errand*>& errands) {
  if (reading_) errands.push_back(&read_);
  for (const auto& burning : burning_) errands.push_back(&burning->errand);
}

void Correspondence::let_go(client::Beats& beats) const {
  beats.let_go(read_);
  for (const auto& burning : burning_) beats.let_go(burning->errand);
}

std::uint16_t Correspondence::last_read() const {
  const auto replies = read_.replies();
  return replies.empty() ? crypto::no_reply_read : replies.front().reply.index;
}

}  // namespace meldpunt::page
