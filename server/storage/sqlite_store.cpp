#include "server/storage/sqlite_store.h"

#include <chrono>
#include <mutex>
#include <string>
#include <system_error>

#include "server/storage/data_directory.h"
#include "server/storage/database_file.h"
#include "server/storage/log_file.h"
#include "server/storage/sqlite.h"
#include "server/storage/sqlite_check.h"
#include "server/storage/sqlite_reader.h"
#include "server/storage/sqlite_row.h"
#include "server/storage/sqlite_writer.h"

namespace meldpunt::server {
namespace {

constexpr int cache_kib = 512;
// How long emptying the log may keep the writer waiting for a reader.
constexpr int patience_for_readers_ms = 50;

// What must be true before any other connection opens the file.
const DataPaths& made_ready(const DataPaths& paths, std::span<const char* const> schema) {
  make_database_where_missing(paths, schema);
  check_before_opening(paths.database, scan_log(paths.log, paths.mark));
  if (!read_mark(paths.mark)) create_private_file(paths.mark);
  return paths;
}

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::filesystem::path& directory, std::span<const char* const> schema)
      : paths_(directory), lock_(paths_), upkeep_(made_ready(paths_, schema).database, cache_kib) {
    take_in_the_log();
    bring_schema_up_to_date(upkeep_, schema);
    generation_ = static_cast<std::uint32_t>(
        upkeep_.one_integer("SELECT value FROM meta WHERE name = 'generation'"));
    if (noted_generation(paths_) != generation_) note_generation(paths_, generation_);
    count_and_check_newest(has_place);
    count_and_check_newest(is_queued);
    writer_ = std::make_unique<SqliteWriter>(paths_.database, counts_, turn_);
  }

  ~SqliteStore() override { take_in_the_log(); }

  std::unique_ptr<StoreReader> reader() override {
    return make_sqlite_reader(paths_.database, counts_);
  }
  StoreWriter& writer() override { return *writer_; }
  std::uint32_t generation() override { return generation_; }

  void checkpoint() override {
    const std::lock_guard upkeep(upkeep_mutex_);
    if (log_size() == 0) return;
    upkeep_.checkpoint(false);  // most of it, while the writer goes on
    const WriteTurn::Taken turn(turn_);
    upkeep_.set_patience(patience_for_readers_ms);
    upkeep_.checkpoint(true);
  }

  std::uint64_t log_size() override {
    std::error_code error;
    const auto size = std::filesystem::file_size(paths_.log, error);
    return error ? 0 : size;
  }

  std::vector<std::string> check(const std::function<bool()>& keep_going) override {
    return check_everything(paths_.database, keep_going);
  }

 private:
  // At the start it also repairs what a crash in the middle of a checkpoint left: the log still has
  // those pages whole. Where there is no room for it the log stays, and everything can be read.
  void take_in_the_log() {
    try {
      upkeep_.checkpoint(true);
    } catch (const StoreFailure&) {
      return;
    }
  }

  void count_and_check_newest(const std::string& condition) {
    auto kinds = upkeep_.prepare("SELECT kind, count(*), max(id) FROM item WHERE position >= 0" +
                                 condition + "GROUP BY kind");
    auto newest = upkeep_.prepare(std::string(row_columns) + "WHERE id = ?1");
    auto rows = kinds();
    while (rows.next()) {
      counts_[static_cast<std::uint8_t>(rows.integer(0))] = rows.integer(1);
      auto row = newest(rows.integer(2));
      if (row.next()) stored_item(row, paths_.database);
    }
  }

  const DataPaths paths_;
  const DirectoryLock lock_;
  std::mutex upkeep_mutex_;  // guards upkeep_
  WriteTurn turn_;
  Database upkeep_;
  ItemCounts counts_{};
  std::uint32_t generation_ = 0;
  std::unique_ptr<SqliteWriter> writer_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& directory,
                                         std::span<const char* const> schema) {
  return std::make_unique<SqliteStore>(directory, schema);
}

}  // namespace meldpunt::server
