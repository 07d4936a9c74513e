#include "server/storage/rules.h"

#include <limits>
#include <stdexcept>

namespace meldpunt::server {
namespace {

constexpr Written done{Outcome::done, 0};
constexpr Written missing{Outcome::missing, 0};
constexpr Written conflict{Outcome::conflict, 0};
constexpr Written erased{Outcome::erased, 0};

Written insert(const Item& item, RuleRows& rows) {
  return {Outcome::done, rows.insert(item, static_cast<std::int64_t>(item.position))};
}

// `same` for a retry of what is already there, else `conflict`.
Written compare(const Item& item, RuleRows& rows) {
  const auto there = rows.at(item.kind, item.name, static_cast<std::int64_t>(item.position));
  if (!there || there->item.bytes != item.bytes || there->item.guard != item.guard) return conflict;
  return {Outcome::same, there->id};
}

Written put_once(const Item& item, std::optional<std::int64_t> top, RuleRows& rows) {
  if (!top) return insert(item, rows);
  const auto position = static_cast<std::int64_t>(item.position);
  if (position > *top || !rows.at(item.kind, item.name, position)) return insert(item, rows);
  return compare(item, rows);
}

Written append(const Item& item, std::optional<std::int64_t> top, RuleRows& rows) {
  const auto next = top.value_or(0) + 1;
  if (static_cast<std::int64_t>(item.position) == next) return insert(item, rows);
  return compare(item, rows);
}

Written replace(const Item& item, std::optional<std::int64_t> top, RuleRows& rows) {
  const auto version = top.value_or(0);
  if (static_cast<std::int64_t>(item.position) == version + 1) {
    rows.remove_all(item.kind, item.name);
    return insert(item, rows);
  }
  return compare(item, rows);
}

Written supersede(const Item& item, RuleRows& rows) {
  const auto there = rows.at(item.kind, item.name, static_cast<std::int64_t>(item.position));
  if (there) rows.remove(item.kind, there->id);
  return insert(item, rows);
}

Written erase(const Item& item, std::optional<std::int64_t> top, RuleRows& rows) {
  if (!top) return missing;
  if (*top == tombstone) return {Outcome::same, 0};
  rows.remove_all(item.kind, item.name);
  Item stone;
  stone.kind = item.kind;
  stone.name = item.name;
  stone.hour = item.hour;
  rows.insert(stone, tombstone);
  return done;
}

Written burn(const Item& item, std::optional<std::int64_t> top, RuleRows& rows) {
  if (!top || *top == tombstone) return missing;
  const auto there = rows.at(item.kind, item.name, *top);
  // The guard is the hash of a token, so the time this comparison takes tells nothing of the token.
  if (!there || there->item.guard != item.guard) return missing;
  rows.remove(item.kind, there->id);
  return done;
}

Written apply_at_place(const Write& write, RuleRows& rows) {
  const auto& item = write.item;
  if (item.position > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return conflict;
  const auto top = rows.top(item.kind, item.name);
  const bool puts = write.rule != Rule::erase && write.rule != Rule::burn;
  if (puts && top == tombstone) return erased;
  switch (write.rule) {
    case Rule::put_once:
      return put_once(item, top, rows);
    case Rule::append:
      return append(item, top, rows);
    case Rule::replace:
      return replace(item, top, rows);
    case Rule::supersede:
      return supersede(item, rows);
    case Rule::erase:
      return erase(item, top, rows);
    case Rule::burn:
      return burn(item, top, rows);
    case Rule::add:
    case Rule::remove:
    case Rule::expire:
      break;
  }
  throw std::logic_error("no such rule");
}

}  // namespace

void check_fits(const Write& write) {
  const bool queue = is_queue(write.item.kind);
  const bool any = write.rule == Rule::remove || write.rule == Rule::expire;
  if (!any && queue != (write.rule == Rule::add)) {
    throw std::logic_error("this rule does not fit this kind of mailbox");
  }
}

Written apply_rule(const Write& write, RuleRows& rows) {
  const auto& item = write.item;
  switch (write.rule) {
    case Rule::add:
      if (item.position > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return conflict;
      return insert(item, rows);
    case Rule::remove:
      return rows.remove(item.kind, write.target) ? done : missing;
    case Rule::expire:
      rows.remove_expired(item.kind, item.expires);
      return done;
    case Rule::put_once:
    case Rule::append:
    case Rule::replace:
    case Rule::supersede:
    case Rule::erase:
    case Rule::burn:
      return apply_at_place(write, rows);
  }
  throw std::logic_error("no such rule");
}

}  // namespace meldpunt::server
