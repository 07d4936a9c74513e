// The one door to SQLite: a connection, its statements, and the page layer beneath them.
//
// The page layer is a small VFS of our own ("meldpunt-pages", never the default). Each page of the
// database file ends with a checksum of itself and its number, written when SQLite writes the page
// and verified when it reads one; frames of the write-ahead log are verified against the log's own
// running checksum, which SQLite by itself does only after a crash. So a changed byte is an error
// here and never a wrong answer, and a checkpoint cannot carry damage from the log into a page that
// then has a good checksum. It also keeps the mark of log_file.h.
//
// A connection and its statements belong to one thread at a time. Everything throws StoreFailure
// with a sentence for the operator.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/storage/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meldpunt::server {

class Database;

// A prepared statement. `auto rows = statement(1, name);` binds and starts it; `rows.next()` walks.
class Statement {
 public:
  class Rows {
   public:
    explicit Rows(Statement& statement) : statement_(statement) {}
    ~Rows() { statement_.reset(); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    bool next() { return statement_.step(); }
    std::int64_t integer(int column) const { return statement_.integer(column); }
    // Valid until the next call of next().
    std::span<const std::uint8_t> bytes(int column) const { return statement_.bytes(column); }

   private:
    Statement& statement_;
  };

  // Bytes must live until the Rows are gone.
  template <typename... Values>
  [[nodiscard]] Rows operator()(const Values&... values) {
    [[maybe_unused]] int at = 0;
    (bind(++at, values), ...);
    return Rows(*this);
  }
  // For a statement without rows.
  template <typename... Values>
  void run(const Values&... values) {
    auto rows = (*this)(values...);
    rows.next();
  }

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(const Database& database, std::string_view sql);

  void bind(int at, std::int64_t value);
  void bind(int at, std::span<const std::uint8_t> value);
  void bind(int at, std::string_view value);
  bool step();
  void reset();
  std::int64_t integer(int column) const;
  std::span<const std::uint8_t> bytes(int column) const;

  const Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // `cache_kib` bounds the pages kept in memory. The file must exist; an empty one becomes a
  // database.
  Database(std::filesystem::path path, int cache_kib);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void execute(const std::string& sql);
  Statement prepare(std::string_view sql) const { return Statement(*this, sql); }
  std::int64_t one_integer(std::string_view sql) const;

  // By the last INSERT or DELETE.
  std::int64_t changed_rows() const;

  void begin() { execute("BEGIN IMMEDIATE"); }
  void commit() { execute("COMMIT"); }
  // Harmless when SQLite has already rolled back by itself.
  void roll_back() noexcept;

  // Copies what the log holds into the database as far as readers allow. With `empty_the_log` it
  // then truncates the log; false when a reader still needs it.
  bool checkpoint(bool empty_the_log);
  // Waits this long for another connection's lock before failing.
  void set_patience(int milliseconds);

  // The pages of the file itself, past every cache and the log.
  std::uint32_t file_pages() const;
  bool page_is_readable(std::uint32_t number) const;
  // Asked before each page that this connection reads from the file; false makes the read fail.
  void ask_before_reading(const std::function<bool()>* keep_going);

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace meldpunt::server
