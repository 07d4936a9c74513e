#include "client/lib/reporter_incoming.h"

#include <algorithm>
#include <utility>

namespace meldpunt::client {

using namespace crypto;

ReadReplies::ReadReplies(const ThreadKeys& thread, const RegionId& region)
    : thread_(thread), region_(region) {}

void ReadReplies::look(const Digest& digest) {
  looked_ = true;
  for (std::uint16_t index = 0; index < reply_indices; ++index) {
    if (opened_.contains(index)) continue;
    if (digest.may_hold(address_of(thread_.shared, region_, index))) living_.push_back(index);
  }
}

void ReadReplies::look_again() {
  looked_ = false;
  living_.clear();
}

void ReadReplies::forget_text(std::uint16_t index) {
  const auto found = opened_.find(index);
  if (found == opened_.end()) return;
  Reply& reply = found->second.reply;
  reply.text = {};
  reply.text_module = {};
  reply.consent.reset();
}

std::optional<Request> ReadReplies::prepare(const Notice& notice) {
  if (!looked_) look(notice.digest);
  if (living_.empty()) return std::nullopt;
  return Get{MailboxKind::address, address_of(thread_.shared, region_, living_.back()).bytes, 0};
}

void ReadReplies::answered(const Response& response) {
  if (living_.empty()) return;
  const std::uint16_t index = living_.back();
  living_.pop_back();
  if (response.status != Status::ok) return;  // expired meanwhile, or a tag of another address
  SealedReply sealed{};
  if (response.payload.size() != sealed.size()) {
    ++unreadable_;
    return;
  }
  copy_bytes(response.payload, sealed);
  auto reply = open_reply(sealed, thread_, index, region_);
  if (!reply) {
    ++unreadable_;
    return;
  }
  opened_.emplace(index, Opened{std::move(*reply), hash_of_reply(sealed)});
}

ChainLink ReadReplies::link_of(const Reply& reply) const {
  if (reply.index == 0) return reply.previous.is_zero() ? ChainLink::first : ChainLink::broken;
  const auto before = opened_.find(static_cast<std::uint16_t>(reply.index - 1));
  if (before == opened_.end()) return ChainLink::unknown;
  return before->second.hash == reply.previous ? ChainLink::follows : ChainLink::broken;
}

std::vector<ReceivedReply> ReadReplies::replies() const {
  std::vector<ReceivedReply> replies;
  for (auto at = opened_.rbegin(); at != opened_.rend(); ++at) {
    replies.push_back({at->second.reply, link_of(at->second.reply)});
  }
  return replies;
}

BurnReplies::BurnReplies(const ReadReplies& read, const ThreadKeys& thread, const RegionId& region,
                         std::optional<std::uint16_t> only)
    : read_(read), thread_(thread), region_(region), only_(only) {}

std::optional<Reply> BurnReplies::next() const {
  for (const ReceivedReply& received : read_.replies()) {
    const bool wanted = !only_ || *only_ == received.reply.index;
    if (wanted &&
        std::find(burned_.begin(), burned_.end(), received.reply.index) == burned_.end()) {
      return received.reply;
    }
  }
  return std::nullopt;
}

std::optional<Request> BurnReplies::prepare(const Notice& /*notice*/) {
  const auto reply = next();
  if (!reply) return std::nullopt;
  return Burn{MailboxKind::address, address_of(thread_.shared, region_, reply->index).bytes,
              reply->burn};
}

void BurnReplies::answered(const Response& response) {
  if (response.status != Status::ok && response.status != Status::same) {
    refused_ = true;
    return;
  }
  if (const auto reply = next()) burned_.push_back(reply->index);
}

bool BurnReplies::done() const { return read_.done() && (refused_ || !next()); }

}  // namespace meldpunt::client
