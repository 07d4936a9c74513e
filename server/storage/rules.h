// What each Rule does, written once for every store.
#pragma once

#include <cstdint>
#include <optional>

#include "server/storage/store.h"

namespace meldpunt::server {

// A queue is worked through in order; every other mailbox holds its items at a place.
constexpr bool is_queue(MailboxKind kind) {
  return kind == MailboxKind::intake || kind == MailboxKind::box;
}

// Stands where an erased name had its positions.
inline constexpr std::int64_t tombstone = -1;

// The few things a store must be able to do. A call sees the effect of those before it.
class RuleRows {
 public:
  virtual ~RuleRows() = default;
  // Highest position, or `tombstone`; nullopt when there is nothing.
  virtual std::optional<std::int64_t> top(MailboxKind kind, const MailboxName& name) = 0;
  virtual std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                                       std::int64_t position) = 0;
  virtual ItemId insert(const Item& item, std::int64_t position) = 0;
  virtual bool remove(MailboxKind kind, ItemId id) = 0;
  virtual void remove_all(MailboxKind kind, const MailboxName& name) = 0;
  virtual void remove_expired(MailboxKind kind, Hours now) = 0;
};

// Throws std::logic_error where the rule does not fit the kind: `add` is for queues; `remove` and
// `expire` are for all; the others are for mailboxes with places.
void check_fits(const Write& write);

// `write` has passed check_fits.
Written apply_rule(const Write& write, RuleRows& rows);

}  // namespace meldpunt::server
