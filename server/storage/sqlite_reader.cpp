#include "server/storage/sqlite_reader.h"

#include <algorithm>
#include <limits>
#include <string>

#include "server/storage/rules.h"
#include "server/storage/sqlite.h"
#include "server/storage/sqlite_row.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 1'024;

std::int64_t number(MailboxKind kind) { return static_cast<std::int64_t>(kind); }

class SqliteReader final : public StoreReader {
 public:
  SqliteReader(const std::filesystem::path& path, const ItemCounts& counts)
      : database_(path, cache_kib), counts_(counts) {}

  std::optional<StoredItem> read(ItemId id) override { return one(by_id_(id)); }

  std::optional<StoredItem> find(MailboxKind kind, const MailboxName& name) override {
    return one(newest_(number(kind), as_column(name)));
  }

  std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                               std::uint64_t position) override {
    if (position > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return {};
    return one(by_place_(number(kind), as_column(name), static_cast<std::int64_t>(position)));
  }

  std::uint64_t head(MailboxKind kind, const MailboxName& name) override {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, top(kind, name).value_or(0)));
  }

  bool erased(MailboxKind kind, const MailboxName& name) override {
    return top(kind, name) == tombstone;
  }

  std::vector<ItemId> waiting(MailboxKind kind, const MailboxName& name,
                              std::size_t limit) override {
    std::vector<ItemId> ids;
    const auto most = static_cast<std::int64_t>(
        std::min<std::size_t>(limit, std::numeric_limits<std::int64_t>::max()));
    auto rows = waiting_(number(kind), as_column(name), most);
    while (rows.next()) ids.push_back(rows.integer(0));
    return ids;
  }

  std::vector<MailboxName> names(MailboxKind kind) override {
    std::vector<MailboxName> names;
    auto rows = names_(number(kind));
    while (rows.next()) {
      auto& name = names.emplace_back();
      const auto bytes = rows.bytes(0);
      std::ranges::copy(bytes.first(std::min(bytes.size(), name.size())), name.begin());
    }
    return names;
  }

  std::uint64_t count(MailboxKind kind) override {
    return static_cast<std::uint64_t>(counts_[static_cast<std::size_t>(kind)].load());
  }

  std::uint64_t count_at(MailboxKind kind, std::uint64_t position) override {
    if (position > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return 0;
    auto& statement = is_queue(kind) ? count_in_queue_ : count_at_place_;
    auto rows = statement(number(kind), static_cast<std::int64_t>(position));
    return rows.next() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
  }

  std::optional<Hours> oldest(MailboxKind kind) override {
    auto& statement = is_queue(kind) ? oldest_in_queue_ : oldest_at_place_;
    auto rows = statement(number(kind));
    if (!rows.next() || rows.integer(1) == 0) return {};
    return static_cast<Hours>(rows.integer(0));
  }

 private:
  std::optional<StoredItem> one(Statement::Rows rows) {
    if (!rows.next()) return {};
    return stored_item(rows, database_.path());
  }

  std::optional<std::int64_t> top(MailboxKind kind, const MailboxName& name) {
    auto rows = top_(number(kind), as_column(name));
    if (!rows.next()) return {};
    return rows.integer(0);
  }

  Statement rows_where(const std::string& condition) {
    return database_.prepare(row_columns + condition);
  }

  Database database_;
  const ItemCounts& counts_;
  Statement by_id_ = rows_where("WHERE id = ?1 AND position >= 0");
  Statement newest_ = rows_where("WHERE kind = ?1 AND name = ?2 AND position >= 0" +
                                 std::string(has_place) + "ORDER BY position DESC LIMIT 1");
  Statement by_place_ =
      rows_where("WHERE kind = ?1 AND name = ?2 AND position = ?3" + std::string(has_place));
  Statement top_ = database_.prepare(highest_position);
  Statement waiting_ =
      database_.prepare("SELECT id FROM item WHERE kind = ?1 AND name = ?2" +
                        std::string(is_queued) + "ORDER BY effort DESC, id LIMIT ?3");
  Statement names_ = database_.prepare("SELECT name FROM item WHERE kind = ?1 AND position >= 0" +
                                       std::string(has_place) + "ORDER BY name, position");
  Statement count_in_queue_ = database_.prepare(
      "SELECT count(*) FROM item WHERE kind = ?1 AND position = ?2" + std::string(is_queued));
  Statement count_at_place_ = database_.prepare(
      "SELECT count(*) FROM item WHERE kind = ?1 AND position = ?2" + std::string(has_place));
  Statement oldest_in_queue_ = database_.prepare(
      "SELECT min(hour), count(*) FROM item WHERE kind = ?1" + std::string(is_queued));
  Statement oldest_at_place_ =
      database_.prepare("SELECT min(hour), count(*) FROM item WHERE kind = ?1 AND position >= 0" +
                        std::string(has_place));
};

}  // namespace

std::unique_ptr<StoreReader> make_sqlite_reader(const std::filesystem::path& database,
                                                const ItemCounts& counts) {
  return std::make_unique<SqliteReader>(database, counts);
}

}  // namespace meldpunt::server
