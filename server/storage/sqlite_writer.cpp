#include "server/storage/sqlite_writer.h"

#include <array>
#include <string>

#include "server/storage/checksum.h"
#include "server/storage/sqlite_row.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 6'144;

std::int64_t number(MailboxKind kind) { return static_cast<std::int64_t>(kind); }

}  // namespace

// The rows as one transaction sees them, and what it will have changed in the counts.
class SqliteWriter::Rows final : public RuleRows {
 public:
  explicit Rows(SqliteWriter& writer) : writer_(writer) {
    auto rows = writer_.last_id_();
    if (rows.next()) first_id_ = last_id_ = rows.integer(0);
  }

  // The last thing before the commit.
  void keep_last_id() {
    if (last_id_ != first_id_) writer_.keep_last_id_.run(last_id_);
  }

  std::optional<std::int64_t> top(MailboxKind kind, const MailboxName& name) override {
    auto rows = writer_.top_(number(kind), as_column(name));
    if (!rows.next()) return {};
    return rows.integer(0);
  }

  std::optional<StoredItem> at(MailboxKind kind, const MailboxName& name,
                               std::int64_t position) override {
    auto rows = writer_.at_(number(kind), as_column(name), position);
    if (!rows.next()) return {};
    return stored_item(rows, writer_.database_.path());
  }

  ItemId insert(const Item& item, std::int64_t position) override {
    ++last_id_;
    writer_.insert_.run(last_id_, number(item.kind), as_column(item.name), position,
                        std::int64_t{item.hour}, std::int64_t{item.expires},
                        std::int64_t{item.effort}, as_column(item.guard),
                        static_cast<std::int64_t>(row_digest(last_id_, position, item)),
                        std::span<const std::uint8_t>(item.bytes));
    if (position != tombstone) change(item.kind) += 1;
    return last_id_;
  }

  bool remove(MailboxKind kind, ItemId id) override {
    return run_counted(kind, writer_.remove_(id, number(kind))) > 0;
  }

  void remove_all(MailboxKind kind, const MailboxName& name) override {
    run_counted(kind, writer_.remove_all_(number(kind), as_column(name)));
  }

  void remove_expired(MailboxKind kind, Hours now) override {
    run_counted(kind, writer_.remove_expired_(number(kind), std::int64_t{now}));
  }

  void publish(ItemCounts& counts) const {
    for (std::size_t kind = 0; kind < changes_.size(); ++kind) {
      if (changes_[kind] != 0) counts[kind] += changes_[kind];
    }
  }

 private:
  std::int64_t& change(MailboxKind kind) { return changes_[static_cast<std::size_t>(kind)]; }

  std::int64_t run_counted(MailboxKind kind, Statement::Rows rows) {
    rows.next();
    const auto removed = writer_.database_.changed_rows();
    change(kind) -= removed;
    return removed;
  }

  SqliteWriter& writer_;
  ItemId first_id_ = 0;
  ItemId last_id_ = 0;
  std::array<std::int64_t, std::tuple_size_v<ItemCounts>> changes_{};
};

SqliteWriter::SqliteWriter(const std::filesystem::path& path, ItemCounts& counts, WriteTurn& turn)
    : database_(path, cache_kib),
      counts_(counts),
      turn_(turn),
      top_(database_.prepare(highest_position)),
      at_(database_.prepare(std::string(row_columns) +
                            "WHERE kind = ?1 AND name = ?2 AND position = ?3" + has_place)),
      insert_(database_.prepare("INSERT INTO item (id, kind, name, position, hour, expires, effort,"
                                " guard, digest, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      remove_(database_.prepare("DELETE FROM item WHERE id = ?1 AND kind = ?2 AND position >= 0")),
      remove_all_(database_.prepare(
          std::string("DELETE FROM item WHERE kind = ?1 AND name = ?2 AND position >= 0") +
          has_place)),
      remove_expired_(
          database_.prepare("DELETE FROM item WHERE kind = ?1 AND expires > 0 AND expires <= ?2")),
      last_id_(database_.prepare("SELECT value FROM meta WHERE name = 'last_id'")),
      keep_last_id_(database_.prepare("UPDATE meta SET value = ?1 WHERE name = 'last_id'")) {}

std::vector<Written> SqliteWriter::apply(std::span<const Write> writes) {
  for (const auto& write : writes) check_fits(write);
  std::vector<Written> written;
  written.reserve(writes.size());
  const WriteTurn::Taken turn(turn_);
  try {
    database_.begin();
    Rows rows(*this);
    for (const auto& write : writes) written.push_back(apply_rule(write, rows));
    rows.keep_last_id();
    database_.commit();
    rows.publish(counts_);
  } catch (...) {
    database_.roll_back();
    throw;
  }
  return written;
}

}  // namespace meldpunt::server
