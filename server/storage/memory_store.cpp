#include "server/storage/memory_store.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "server/storage/rules.h"

namespace meldpunt::server {
namespace {

// The rows, and for kinds that have places the way from a place to its row.
class MemoryRows final : public RuleRows {
 public:
  struct Row {
    Item item;
    std::int64_t position = 0;
    bool living() const { return position != tombstone; }
  };

  std::optional<std::int64_t> top(MailboxKind kind, const MailboxName& name) override {
    auto after = places_.upper_bound({kind, name, std::numeric_limits<std::int64_t>::max()});
    if (after == places_.begin()) return {};
    const auto& [their_kind, their_name, position] = std::prev(after)->first;
    if (their_kind != kind || their_name != name) return {};
    return position;
  }

  std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                               std::int64_t position) override {
    const auto place = places_.find({kind, name, position});
    if (place == places_.end()) return {};
    return StoredItem{place->second, rows_.at(place->second).item};
  }

  ItemId insert(const Item& item, std::int64_t position) override {
    rows_[++last_id_] = Row{item, position};
    if (!is_queue(item.kind)) places_[{item.kind, item.name, position}] = last_id_;
    return last_id_;
  }

  bool remove(MailboxKind kind, ItemId id) override {
    const auto row = rows_.find(id);
    if (row == rows_.end() || row->second.item.kind != kind || !row->second.living()) return false;
    forget(row);
    return true;
  }

  void remove_all(MailboxKind kind, const MailboxName& name) override {
    remove_where([&](const Row& row) { return row.item.kind == kind && row.item.name == name; });
  }

  void remove_expired(MailboxKind kind, Hours now) override {
    remove_where([&](const Row& row) {
      return row.item.kind == kind && row.item.expires > 0 && row.item.expires <= now;
    });
  }

  const std::map<ItemId, Row>& rows() const { return rows_; }
  const auto& places() const { return places_; }

 private:
  using Place = std::tuple<MailboxKind, MailboxName, std::int64_t>;

  std::map<ItemId, Row>::iterator forget(std::map<ItemId, Row>::iterator row) {
    places_.erase({row->second.item.kind, row->second.item.name, row->second.position});
    return rows_.erase(row);
  }

  template <typename Condition>
  void remove_where(const Condition& condition) {
    for (auto row = rows_.begin(); row != rows_.end();) {
      row = row->second.living() && condition(row->second) ? forget(row) : std::next(row);
    }
  }

  ItemId last_id_ = 0;
  std::map<ItemId, Row> rows_;
  std::map<Place, ItemId> places_;
};

struct Shared {
  std::mutex mutex;  // guards rows
  MemoryRows rows;
};

class MemoryReader final : public StoreReader {
 public:
  explicit MemoryReader(Shared& shared) : shared_(shared) {}

  std::optional<StoredItem> read(ItemId id) override {
    const std::lock_guard lock(shared_.mutex);
    const auto row = shared_.rows.rows().find(id);
    if (row == shared_.rows.rows().end() || !row->second.living()) return {};
    return StoredItem{id, row->second.item};
  }

  std::optional<StoredItem> find(MailboxKind kind, const MailboxName& name) override {
    const std::lock_guard lock(shared_.mutex);
    const auto top = shared_.rows.top(kind, name);
    if (!top || *top == tombstone) return {};
    return shared_.rows.at(kind, name, *top);
  }

  std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                               std::uint64_t position) override {
    if (position > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return {};
    const std::lock_guard lock(shared_.mutex);
    return shared_.rows.at(kind, name, static_cast<std::int64_t>(position));
  }

  std::uint64_t head(MailboxKind kind, const MailboxName& name) override {
    const std::lock_guard lock(shared_.mutex);
    const auto top = shared_.rows.top(kind, name).value_or(0);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, top));
  }

  bool erased(MailboxKind kind, const MailboxName& name) override {
    const std::lock_guard lock(shared_.mutex);
    return shared_.rows.top(kind, name) == tombstone;
  }

  std::vector<ItemId> waiting(MailboxKind kind, const MailboxName& name,
                              std::size_t limit) override {
    std::vector<std::pair<int, ItemId>> found;
    if (!is_queue(kind)) return {};
    for_each(kind, [&](ItemId id, const Item& item) {
      if (item.name == name) found.emplace_back(-item.effort, id);
    });
    std::ranges::sort(found);
    std::vector<ItemId> ids;
    for (const auto& [effort, id] : found) {
      if (ids.size() < limit) ids.push_back(id);
    }
    return ids;
  }

  std::vector<MailboxName> names(MailboxKind kind) override {
    const std::lock_guard lock(shared_.mutex);
    std::vector<MailboxName> names;
    for (const auto& [place, id] : shared_.rows.places()) {
      const auto& [their_kind, name, position] = place;
      if (their_kind == kind && position != tombstone) names.push_back(name);
    }
    return names;
  }

  std::uint64_t count(MailboxKind kind) override {
    std::uint64_t count = 0;
    for_each(kind, [&](ItemId, const Item&) { ++count; });
    return count;
  }

  std::uint64_t count_at(MailboxKind kind, std::uint64_t position) override {
    std::uint64_t count = 0;
    for_each(kind, [&](ItemId, const Item& item) { count += item.position == position ? 1 : 0; });
    return count;
  }

  std::optional<Hours> oldest(MailboxKind kind) override {
    std::optional<Hours> oldest;
    for_each(kind, [&](ItemId, const Item& item) {
      oldest = std::min(oldest.value_or(item.hour), item.hour);
    });
    return oldest;
  }

 private:
  template <typename Visit>
  void for_each(MailboxKind kind, const Visit& visit) {
    const std::lock_guard lock(shared_.mutex);
    for (const auto& [id, row] : shared_.rows.rows()) {
      if (row.item.kind == kind && row.living()) visit(id, row.item);
    }
  }

  Shared& shared_;
};

class MemoryStore final : public Store, private StoreWriter {
 public:
  explicit MemoryStore(std::uint32_t generation) : generation_(generation) {}

  std::unique_ptr<StoreReader> reader() override { return std::make_unique<MemoryReader>(shared_); }
  StoreWriter& writer() override { return *this; }
  std::uint32_t generation() override { return generation_; }
  void checkpoint() override {}
  std::vector<std::string> check(const std::function<bool()>&) override { return {}; }

 private:
  std::vector<Written> apply(std::span<const Write> writes) override {
    for (const auto& write : writes) check_fits(write);
    const std::lock_guard lock(shared_.mutex);
    std::vector<Written> written;
    for (const auto& write : writes) written.push_back(apply_rule(write, shared_.rows));
    return written;
  }

  Shared shared_;
  const std::uint32_t generation_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(std::uint32_t generation) {
  return std::make_unique<MemoryStore>(generation);
}

}  // namespace meldpunt::server
