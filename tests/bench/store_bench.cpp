#include "tests/bench/store_bench.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include "server/storage/sqlite_store.h"
#include "server/storage/sqlite_writer.h"
#include "tests/bench/folder.h"

namespace meldpunt::bench {
namespace {

using server::Item;
using server::Rule;
using server::Write;
using Clock = std::chrono::steady_clock;

constexpr std::size_t item_size = 15'232;  // a sealed report
constexpr std::size_t batch = 100;
constexpr std::uint64_t log_before_checkpoint = 32 << 20;

// --- a file system whose syncs can be slowed down -----------------------------------------------

std::atomic<int> added_to_each_sync_us = 0;

sqlite3_vfs& system_files() {
  static sqlite3_vfs& vfs = *sqlite3_vfs_find("unix");
  return vfs;
}

// SQLite's own methods with another xSync: one set for files that it locks and one for the others.
const sqlite3_io_methods* slowed(const sqlite3_io_methods* original, bool database) {
  static int (*sync)(sqlite3_file*, int) = original->xSync;
  static std::array<sqlite3_io_methods, 2> sets;
  auto& methods = sets[database ? 0 : 1];
  if (!methods.xSync) {
    methods = *original;
    methods.xSync = [](sqlite3_file* file, int flags) {
      std::this_thread::sleep_for(std::chrono::microseconds(added_to_each_sync_us.load()));
      return sync(file, flags);
    };
  }
  return &methods;
}

int open_slowed(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const int result = system_files().xOpen(&system_files(), name, file, flags, out_flags);
  if (result == SQLITE_OK && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) {
    file->pMethods = slowed(file->pMethods, (flags & SQLITE_OPEN_MAIN_DB) != 0);
  }
  return result;
}

// --- the two that are compared
// --------------------------------------------------------------------

// Something that stores the frames made beforehand, `rows` in one transaction.
class Target {
 public:
  virtual ~Target() = default;
  virtual void store(std::size_t rows) = 0;
  virtual std::uint64_t log_size() = 0;
  virtual void checkpoint() = 0;
};

const std::vector<Write>& frames() {
  static const std::vector<Write> made = [] {
    std::mt19937_64 random(1);
    std::vector<Write> writes(batch);
    for (auto& write : writes) {
      write.rule = Rule::add;
      write.item.kind = server::MailboxKind::intake;
      write.item.position = 20'000;
      write.item.hour = 490'000;
      write.item.bytes.resize(item_size);
      for (auto& byte : write.item.bytes) byte = static_cast<std::uint8_t>(random());
    }
    return writes;
  }();
  return made;
}

class Ours final : public Target {
 public:
  explicit Ours(const std::filesystem::path& data) : store_(server::open_sqlite_store(data)) {}
  void store(std::size_t rows) override { store_->writer().apply(std::span(frames()).first(rows)); }
  std::uint64_t log_size() override { return store_->log_size(); }
  void checkpoint() override { store_->checkpoint(); }

 private:
  std::unique_ptr<server::Store> store_;
};

class Raw final : public Target {
 public:
  explicit Raw(const std::filesystem::path& data) : path_(data.string() + ".sqlite") {
    writer_ = open();
    run(writer_,
        "CREATE TABLE item (id INTEGER PRIMARY KEY, kind, name, position, hour, expires,"
        " effort, guard, digest, bytes)");
    upkeep_ = open();
    sqlite3_prepare_v2(writer_.get(),
                       "INSERT INTO item (kind, name, position, hour, expires, effort, guard,"
                       " digest, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       -1, &insert_, nullptr);
  }
  ~Raw() override { sqlite3_finalize(insert_); }

  void store(std::size_t rows) override {
    const server::WriteTurn::Taken turn(turn_);
    run(writer_, "BEGIN IMMEDIATE");
    for (std::size_t i = 0; i < rows; ++i) insert(frames()[i].item);
    run(writer_, "COMMIT");
  }
  std::uint64_t log_size() override {
    std::error_code error;
    const auto size = std::filesystem::file_size(path_ + "-wal", error);
    return error ? 0 : size;
  }
  void checkpoint() override {
    sqlite3_wal_checkpoint_v2(upkeep_.get(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    const server::WriteTurn::Taken turn(turn_);
    sqlite3_wal_checkpoint_v2(upkeep_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }

 private:
  using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

  static void run(Connection& connection, const char* sql) {
    if (sqlite3_exec(connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(connection.get()));
    }
  }
  Connection open() {
    sqlite3* connection = nullptr;
    sqlite3_open_v2(path_.c_str(), &connection,
                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Connection opened(connection, sqlite3_close_v2);
    sqlite3_busy_timeout(connection, 5'000);
    run(opened,
        "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;"
        "PRAGMA cache_size = -6144; PRAGMA mmap_size = 0");
    return opened;
  }
  void insert(const Item& item) {
    const std::array<std::int64_t, 9> columns = {1, 0, 20'000, 490'000, 0, 0, 0, 1, 0};
    for (int at = 1; at <= 8; ++at) {
      sqlite3_bind_int64(insert_, at, columns[static_cast<std::size_t>(at - 1)]);
    }
    sqlite3_bind_blob64(insert_, 9, item.bytes.data(), item.bytes.size(), SQLITE_STATIC);
    if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error("raw insert failed");
    sqlite3_reset(insert_);
  }

  std::string path_;
  server::WriteTurn turn_;  // as ours: else a busy writer keeps the log from being emptied
  Connection writer_{nullptr, sqlite3_close_v2};
  Connection upkeep_{nullptr, sqlite3_close_v2};
  sqlite3_stmt* insert_ = nullptr;
};

// --- rates
// ----------------------------------------------------------------------------------------

// Keeps the log short from another thread, as the daemon's housekeeping does.
class Upkeep {
 public:
  explicit Upkeep(Target& target) : target_(target), thread_([this] { run(); }) {}
  ~Upkeep() {
    stopping_ = true;
    thread_.join();
  }
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void run() {
    while (!stopping_) {
      if (target_.log_size() > log_before_checkpoint) target_.checkpoint();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  Target& target_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

double rows_per_second(Target& target, std::size_t rows, std::size_t in_one_commit) {
  const auto start = Clock::now();
  {
    const Upkeep upkeep(target);
    for (std::size_t done = 0; done < rows; done += in_one_commit) target.store(in_one_commit);
  }
  target.checkpoint();  // what was put off counts, too
  return static_cast<double>(rows) / std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename Kind>
double fresh_rate(const std::filesystem::path& disk, std::size_t rows, std::size_t in_one_commit) {
  const Folder directory(disk);
  Kind target(directory.path() / "data");
  rows_per_second(target, in_one_commit, in_one_commit);
  return rows_per_second(target, rows, in_one_commit);
}

Measure group_commit(const std::filesystem::path& disk, const char* name, double limit,
                     std::size_t single_rows, int rounds) {
  const auto compared = compare(
      rounds, [&] { return fresh_rate<Ours>(disk, 20 * batch, batch); },
      [&] { return fresh_rate<Ours>(disk, single_rows, 1); });
  return {name, compared.value, "rows/s", limit, compared.ratio, "over one commit per row"};
}

}  // namespace

void prepare_store_bench() {
  static sqlite3_vfs vfs = system_files();
  vfs.pNext = nullptr;
  vfs.zName = "slowed";
  vfs.xOpen = open_slowed;
  sqlite3_vfs_register(&vfs, 1);
}

Measure measure_store_writer(const std::filesystem::path& disk) {
  constexpr std::size_t rows = 40 * batch;
  const Folder directory(disk);
  Ours ours(directory.path() / "data");
  Raw raw(directory.path() / "raw");
  rows_per_second(ours, rows, batch);
  rows_per_second(raw, rows, batch);
  const auto compared = compare(
      25, [&] { return rows_per_second(ours, rows, batch); },
      [&] { return rows_per_second(raw, rows, batch); });
  return {"store_writer", compared.value, "rows/s",
          0.85,           compared.ratio, "15232-byte rows, batches of 100, over raw SQLite"};
}

Measure measure_group_commit(const std::filesystem::path& disk) {
  return group_commit(disk, "group_commit", 4, 600, 5);
}

Measure measure_group_commit_slow_sync(const std::filesystem::path& disk) {
  added_to_each_sync_us = 4'000;
  const auto measure = group_commit(disk, "group_commit_slow_sync", 25, 200, 3);
  added_to_each_sync_us = 0;
  return measure;
}

Measure measure_million_rows(const std::filesystem::path& disk, const std::filesystem::path& full,
                             const std::string& note) {
  constexpr std::size_t measured = 80 * batch;
  Ours of_full(full);
  const auto compared = compare(
      5, [&] { return rows_per_second(of_full, measured, batch); },
      [&] { return fresh_rate<Ours>(disk, measured, batch); });
  return {
      "million_rows", compared.value, "rows/s", 0.8, compared.ratio, note + " stored, over empty"};
}

std::uint64_t rows_for_this_disk(const std::filesystem::path& disk) {
  const auto half = std::filesystem::space(disk).available / 2;
  constexpr std::uint64_t million = 1'000'000;
  return half / 17'000 > million ? million : million / 10;
}

struct RawRow::Parts {
  explicit Parts(const std::filesystem::path& disk)
      : directory(disk), raw(directory.path() / "raw") {}
  Folder directory;
  Raw raw;
};

RawRow::RawRow(const std::filesystem::path& disk) : parts_(std::make_unique<Parts>(disk)) {
  rows_per_second(parts_->raw, 10 * batch, batch);
}

RawRow::~RawRow() = default;

double RawRow::cpu(std::size_t rows) {
  const auto before = process_cpu();
  rows_per_second(parts_->raw, rows, batch);
  return (process_cpu() - before).count() / static_cast<double>(rows);
}

std::vector<double> RawRow::commits(std::size_t count) {
  std::vector<double> taken;
  for (std::size_t done = 0; done < count; ++done) {
    const auto start = Clock::now();
    parts_->raw.store(1);
    taken.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  parts_->raw.checkpoint();
  return taken;
}

}  // namespace meldpunt::bench
