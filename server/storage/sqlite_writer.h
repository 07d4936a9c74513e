// The one connection that writes: each apply() is one transaction and one sync.
#pragma once

#include <filesystem>
#include <mutex>
#include <vector>

#include "server/storage/rules.h"
#include "server/storage/sqlite.h"
#include "server/storage/sqlite_reader.h"

namespace meldpunt::server {

// The turn to write, handed over in order: a plain mutex would let a busy writer take it again and
// again while the log waits to be emptied.
class WriteTurn {
 public:
  class Taken {
   public:
    explicit Taken(WriteTurn& turn) : lock_(turn.next()) {}

   private:
    std::unique_lock<std::mutex> lock_;
  };

 private:
  std::unique_lock<std::mutex> next() {
    const std::lock_guard queue(queue_);
    return std::unique_lock(turn_);
  }

  std::mutex queue_;  // guards the place of who takes turn_ next
  std::mutex turn_;   // guards the database against two writers
};

class SqliteWriter final : public StoreWriter {
 public:
  // `turn` is taken while the database is written or the log emptied, so that the writer wakes at
  // once when a checkpoint is done. Both references outlive the writer.
  SqliteWriter(const std::filesystem::path& path, ItemCounts& counts, WriteTurn& turn);

  // After a StoreFailure nothing of the batch is stored, and the next apply() starts afresh.
  std::vector<Written> apply(std::span<const Write> writes) override;

 private:
  class Rows;

  Database database_;
  ItemCounts& counts_;
  WriteTurn& turn_;
  Statement top_, at_, insert_, remove_, remove_all_, remove_expired_, last_id_, keep_last_id_;
};

}  // namespace meldpunt::server
