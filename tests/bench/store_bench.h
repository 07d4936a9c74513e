// Measures the store against its raw limits, taken in the same run on the same disk.
//
// Frames are made beforehand; rounds of ours and raw alternate and the median pair counts, so that
// a neighbour on the machine disturbs both. Nothing here judges: it returns what was measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "tests/bench/measure.h"

namespace meldpunt::bench {

// Must be called before the first store of the process is opened: syncs can then be slowed down.
void prepare_store_bench();

// Each works in a fresh directory under `disk` and leaves nothing behind.
//
// store_writer: our writer over raw SQLite, the same columns, bytes and pragmas (16 KiB pages, WAL,
// FULL, secure_delete, checkpoints on a second connection), a plain rowid table without an index,
// in batches of 100.
Measure measure_store_writer(const std::filesystem::path& disk);
// group_commit: our writer in batches of 100 over one commit per row.
Measure measure_group_commit(const std::filesystem::path& disk);
// group_commit_slow_sync: the same with 4 ms added to each sync.
Measure measure_group_commit_slow_sync(const std::filesystem::path& disk);
// million_rows: our rate into the data directory `full` over the rate into an empty one.
Measure measure_million_rows(const std::filesystem::path& disk, const std::filesystem::path& full,
                             const std::string& note);
// What fits into half of the free space: a million, or a hundred thousand.
std::uint64_t rows_for_this_disk(const std::filesystem::path& disk);

// Raw SQLite: what one row costs without any of ours.
class RawRow {
 public:
  explicit RawRow(const std::filesystem::path& disk);
  ~RawRow();
  RawRow(const RawRow&) = delete;
  RawRow& operator=(const RawRow&) = delete;

  // CPU microseconds of one row in batches of 100, checkpoints included.
  double cpu(std::size_t rows);
  // Milliseconds of each of so many commits of one row.
  std::vector<double> commits(std::size_t count);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace meldpunt::bench
