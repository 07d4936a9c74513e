// An SQLite database of this program's own: opened and brought up to date, asked, and written all
// at once or not at all. What is in it, and why, receiver_store.h says.
//
// Inside, what fails is thrown as DatabaseFailed; guarded() makes an outcome of it at the edge. One
// thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/lib/file.h"
#include "crypto/keys.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meldpunt::client {

struct DatabaseFailed {
  Problem problem;
};

template <class Deed>
auto guarded(Deed deed) -> Outcome<decltype(deed())> {
  try {
    if constexpr (std::is_void_v<decltype(deed())>) {
      deed();
      return {};
    } else {
      return deed();
    }
  } catch (const DatabaseFailed& failed) {
    return pass_on(failed.problem);
  }
}

class ReceiverDatabase {
 public:
  // The rows of one question; what is bound must outlive them.
  class Rows {
   public:
    Rows(ReceiverDatabase& database, std::string_view sql);

    Rows& with(std::int64_t value);
    Rows& with(crypto::Bytes value);
    Rows& with(const std::string& value);
    Rows& with(const std::optional<crypto::Hash>& value);  // none: NULL

    bool next();
    void run() { (void)next(); }

    [[nodiscard]] std::int64_t integer(int column) const;
    // Until the next row.
    [[nodiscard]] crypto::Bytes bytes(int column) const;

   private:
    Rows& bound(int result);
    struct Finalize {
      void operator()(sqlite3_stmt* statement) const;
    };
    ReceiverDatabase& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int at_ = 0;
  };

  // The file is there. Step n of the schema takes the tables from version n to version n + 1; a
  // published step never changes.
  ReceiverDatabase(Path path, std::span<const char* const> schema);

  void execute(const char* sql);
  [[nodiscard]] Rows rows(std::string_view sql) { return {*this, sql}; }

  // All of it, or nothing.
  template <class Deed>
  void at_once(Deed deed) {
    execute("BEGIN IMMEDIATE");
    try {
      deed();
      execute("COMMIT");
    } catch (const DatabaseFailed&) {
      roll_back();
      throw;
    }
  }

  [[noreturn]] void is_damaged() const;

 private:
  [[nodiscard]] std::int64_t version();
  void bring_up_to_date(std::span<const char* const> schema);
  void roll_back();
  [[noreturn]] void fail();

  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Path path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace meldpunt::client
